package main

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// answerTokens is how many of the prompt's last words the upstream says.
const answerTokens = 12

// errMissed is a prompt that a guard should have refused. Detectors weigh: a random credential that holds, say, "xxxx" is taken
// for a placeholder, so a run bears very few of these and prints them.
var errMissed = errors.New("missed, it reached the model")

// refusals are the guard's error codes: for a finding, and for a text that its decoding budget did not suffice for.
var refusals = []string{"prompt_blocked", "uninspectable_content"}

// Check tells whether the answer to a prompt is the one that the case must give: behind a guard with policies a secret or an
// injection is refused and never reaches the model, and a personal datum reaches it as a placeholder. The client gets what the
// model said, or that with the datum put back. Without policies everything passes unchanged. The error names the kind and what
// differs, never the prompt.
func (c Case) Check(prompt Prompt, reply Reply) error {
	if c.Guarded && prompt.Kind.Blocked() {
		return checkRefused(prompt, reply)
	}
	if reply.Status != http.StatusOK {
		return fmt.Errorf("%s prompt: status %d, expected 200", prompt.Kind, reply.Status)
	}
	if reply.Seen != digest(c.upstreamText(prompt)) {
		return fmt.Errorf("%s prompt: the model saw another text than expected", prompt.Kind)
	}
	if said := reply.Text(); said != lastWords(prompt.Text) && said != lastWords(c.upstreamText(prompt)) {
		return fmt.Errorf("%s prompt: the client got another answer than expected", prompt.Kind)
	}
	return nil
}

func checkRefused(prompt Prompt, reply Reply) error {
	if reply.Status == http.StatusOK && reply.Seen == digest(prompt.Text) {
		return fmt.Errorf("%s prompt: %w", prompt.Kind, errMissed)
	}
	refused := reply.Status == http.StatusBadRequest && slices.Contains(refusals, reply.ErrorCode())
	if !refused || reply.Seen != "" {
		return fmt.Errorf("%s prompt: status %d, error code %q, expected a refusal", prompt.Kind, reply.Status, reply.ErrorCode())
	}
	return nil
}

func (c Case) upstreamText(prompt Prompt) string {
	if c.Guarded {
		return prompt.Masked
	}
	return prompt.Text
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func lastWords(text string) string {
	words := strings.Fields(text)
	return strings.Join(words[max(0, len(words)-answerTokens):], " ")
}

package main

import (
	"encoding/json"
	"net/http"
	"testing"
)

var (
	unguarded = Case{Name: "noop"}
	guarded   = Case{Name: "guard", Guarded: true}
	pii       = Prompt{Kind: PII, Text: "write to a@b.example now", Masked: "write to [EMAIL_1] now"}
	secret    = Prompt{Kind: Secret, Text: "the key is x", Masked: "the key is x"}
)

func answered(seen, text string) Reply {
	content, _ := json.Marshal(text)
	payload := []byte(`{"choices":[{"message":{"content":` + string(content) + `}}]}`)
	return Reply{Status: http.StatusOK, Seen: digest(seen), Payload: [][]byte{payload}}
}

func refused() Reply {
	return Reply{Status: http.StatusBadRequest, Payload: [][]byte{[]byte(`{"error":{"code":"prompt_blocked"}}`)}}
}

func TestVerdicts(t *testing.T) {
	cases := []struct {
		name   string
		one    Case
		prompt Prompt
		reply  Reply
		right  bool
	}{
		{"an untouched prompt is right without policies", unguarded, pii, answered(pii.Text, pii.Text), true},
		{"a masked and restored one is right behind the guard", guarded, pii, answered(pii.Masked, pii.Text), true},
		{"a masked one is right behind the guard", guarded, pii, answered(pii.Masked, pii.Masked), true},
		{"a personal datum that reached the model is wrong", guarded, pii, answered(pii.Text, pii.Text), false},
		{"a placeholder that nobody made is wrong", unguarded, pii, answered(pii.Text, pii.Masked), false},
		{"a refused secret is right", guarded, secret, refused(), true},
		{"a secret that passed is wrong", guarded, secret, answered(secret.Text, secret.Text), false},
		{"a refusal without policies is wrong", unguarded, secret, refused(), false},
		{"a refused personal datum is wrong", guarded, pii, refused(), false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if err := c.one.Check(c.prompt, c.reply); (err == nil) != c.right {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestTextOfAStreamIsPutTogetherFromItsDeltas(t *testing.T) {
	reply := Reply{Payload: [][]byte{
		[]byte(`{"choices":[{"delta":{"content":"one"}}]}`), []byte(`{"choices":[{"delta":{"content":" two"}}]}`), []byte(`[DONE]`),
	}}
	if reply.Text() != "one two" {
		t.Errorf("got %q", reply.Text())
	}
}

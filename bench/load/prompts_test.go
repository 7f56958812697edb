package main

import (
	"encoding/json"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"
)

func draw(t *testing.T, count, words int) []Prompt {
	t.Helper()
	random := rand.New(rand.NewPCG(7, 0))
	prompts := make([]Prompt, count)
	for i := range prompts {
		prompts[i] = NewPrompt(random, words, false)
	}
	return prompts
}

func TestPromptsHaveTheWordsAskedForWhateverTheyCarry(t *testing.T) {
	for _, words := range []int{30, 150, 500} {
		for _, prompt := range draw(t, 200, words) {
			if got := len(strings.Fields(prompt.Text)); got != words {
				t.Fatalf("%s prompt of %d words, expected %d", prompt.Kind, got, words)
			}
		}
	}
}

func TestEveryKindComesInItsShare(t *testing.T) {
	counts := map[Kind]int{}
	for _, prompt := range draw(t, 4000, 30) {
		counts[prompt.Kind]++
	}
	for kind, share := range map[Kind]int{Clean: 2800, PII: 600, Secret: 400, Injection: 200} {
		if difference := counts[kind] - share; difference < -100 || difference > 100 {
			t.Errorf("%d %s prompts of 4000, expected about %d", counts[kind], kind, share)
		}
	}
}

func TestOnlyPIIPromptsAreMaskedAndTheValueIsGone(t *testing.T) {
	for _, prompt := range draw(t, 500, 30) {
		masked := strings.Contains(prompt.Masked, "_1]")
		if masked != (prompt.Kind == PII) {
			t.Fatalf("%s prompt: masked is %t", prompt.Kind, masked)
		}
	}
}

func TestTheBodyIsAnOpenAIRequestOfThePrompt(t *testing.T) {
	prompt := draw(t, 1, 30)[0]
	var body struct {
		Messages []struct{ Role, Content string }
	}
	if err := json.Unmarshal(prompt.Body, &body); err != nil {
		t.Fatal(err)
	}
	if last := body.Messages[len(body.Messages)-1]; last.Role != "user" || last.Content != prompt.Text {
		t.Fatalf("last message is %v", last)
	}
}

func TestCardNumbersPassLuhn(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 0))
	for range 100 {
		number, sum := cardNumber(random), 0
		for i := range number {
			value := int(number[len(number)-1-i] - '0')
			if i%2 == 1 {
				value *= 2
			}
			sum += value/10 + value%10
		}
		if len(number) != 16 || sum%10 != 0 {
			t.Fatalf("%s is no card number", number)
		}
	}
}

func TestIBANsHaveRemainderOne(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 0))
	for range 100 {
		text := iban(random)
		number, _ := new(big.Int).SetString(text[4:]+"1314"+text[2:4], 10)
		if len(text) != 22 || number.Mod(number, big.NewInt(97)).Int64() != 1 {
			t.Fatalf("%s is no IBAN", text)
		}
	}
}

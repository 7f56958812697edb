package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/types/known/structpb"
)

const (
	routes   = 150
	examples = 10
	models   = 7
)

// Prompt is what is asked, the model that it must get, and the vector that an earlier service of the chain would hand over.
type Prompt struct {
	Text   string
	Model  string
	Vector *structpb.Struct
}

var asked = []string{"how do I change my %s", "what is the %s of my account", "please cancel the %s for tomorrow", "tell me about %s in my area",
	"I have lost my %s, what now", "is there a %s near me", "set a new %s for next week", "why was my %s declined",
	"can you show me every %s from last month", "I would like to order another %s"}

var things = []string{"card", "flight", "password", "pizza", "doctor", "song", "train", "hotel", "invoice", "garden", "phone", "lamp", "insurance", "battery", "lawyer"}

var kinds = []string{"red", "broken", "monthly", "foreign", "cheap", "digital", "family", "night", "spare", "winter"}

// Prompts are an example of each route: which it must be put to is beyond doubt.
func Prompts() []Prompt {
	prompts := make([]Prompt, routes)
	for route := range prompts {
		prompts[route] = Prompt{Text: example(route, route%examples), Model: fmt.Sprintf("m%d", route%models)}
	}
	return prompts
}

func example(route, number int) string {
	return fmt.Sprintf(asked[number], kinds[route%len(kinds)]+" "+things[route/len(kinds)])
}

// Policy has all routes; a threshold of 0, so that no decision is left to how sure the classifier is.
func Policy() string {
	var policy strings.Builder
	policy.WriteString("apiVersion: gatehouse.dev/v1alpha1\nkind: SemanticRoutingPolicy\nmetadata: {name: bench}\nspec:\n" +
		"  targetRefs: [{kind: Gateway, name: \"*\"}]\n  timeout: 5s\n  when: model == 'auto'\n  health: {}\n  routes:\n")
	for route := range routes {
		fmt.Fprintf(&policy, "    - {name: r%d, target: {model: m%d}, threshold: 0.0, examples: [", route, route%models)
		for number := range examples {
			fmt.Fprintf(&policy, "%q, ", example(route, number))
		}
		policy.WriteString("]}\n")
	}
	return policy.String()
}

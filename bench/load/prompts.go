package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// Kind is what a generated prompt carries, and so what a guard must do with it.
type Kind int

const (
	// Clean prompts carry nothing: they pass as they are.
	Clean Kind = iota
	// PII prompts carry one personal datum: they pass with a placeholder in its place.
	PII
	// Secret prompts carry a provider's credential: they are refused.
	Secret
	// Injection prompts carry an attack on the instructions: they are refused.
	Injection
)

func (k Kind) String() string {
	return [...]string{"clean", "pii", "secret", "injection"}[k]
}

// Blocked tells whether a guard must refuse prompts of this kind.
func (k Kind) Blocked() bool {
	return k == Secret || k == Injection
}

// Prompt is one request of the load and what must become of it.
type Prompt struct {
	Kind   Kind
	Text   string // as the client sends it
	Masked string // as the model must see it behind the guard with policies
	Body   []byte // the OpenAI request
}

// drawKind deals the known shares: 70 % clean, 15 % PII, 10 % secret, 5 % injection.
func drawKind(random *rand.Rand) Kind {
	switch share := random.IntN(100); {
	case share < 70:
		return Clean
	case share < 85:
		return PII
	case share < 95:
		return Secret
	default:
		return Injection
	}
}

// NewPrompt draws a prompt of the given number of words, what it carries included.
func NewPrompt(random *rand.Rand, words int, stream bool) Prompt {
	kind := drawKind(random)
	carried := drawFragment(random, kind)
	filler := randomWords(random, words-len(strings.Fields(carried.text)))
	at := random.IntN(len(filler) + 1)
	before, after := strings.Join(filler[:at], " "), strings.Join(filler[at:], " ")
	text := join(before, carried.text, after)
	return Prompt{Kind: kind, Text: text, Masked: join(before, carried.masked, after), Body: chatBody(text, stream)}
}

func join(parts ...string) string {
	return strings.TrimSpace(strings.Join(strings.Fields(strings.Join(parts, " ")), " "))
}

func chatBody(text string, stream bool) []byte {
	body, err := json.Marshal(map[string]any{
		"model":  "bench",
		"stream": stream,
		"messages": []map[string]string{
			{"role": "system", "content": "You are a helpful assistant of a travel agency."},
			{"role": "user", "content": text},
		},
	})
	if err != nil {
		panic(err)
	}
	return body
}

// fragment is what a prompt carries: as written, and as masked.
type fragment struct{ text, masked string }

func drawFragment(random *rand.Rand, kind Kind) fragment {
	switch kind {
	case PII:
		return drawPII(random)
	case Secret:
		return fragment{text: pick(random, secrets)(random)}
	case Injection:
		return fragment{text: pick(random, injections)}
	default:
		return fragment{}
	}
}

func drawPII(random *rand.Rand) fragment {
	datum := pick(random, personal)
	value := datum.value(random)
	return fragment{fmt.Sprintf(datum.sentence, value), fmt.Sprintf(datum.sentence, "["+datum.entity+"_1]")}
}

func pick[T any](random *rand.Rand, from []T) T {
	return from[random.IntN(len(from))]
}

func randomWords(random *rand.Rand, count int) []string {
	words := make([]string, max(0, count))
	for i := range words {
		words[i] = pick(random, vocabulary)
	}
	return words
}

var vocabulary = strings.Fields(`the a an and or but while because about above across after again almost along also always among
animal answer apple area arm around art autumn baby back ball bank basket beach bear beautiful because become before begin behind
believe below beside better between big bird blue boat book both bottle bottom bread breakfast bridge bright bring brother brown
build busy butter cake camera candle car careful carry castle cat chair cheap cheese child choose church city clean clear climb
clock close cloud coat coffee cold colour come company computer cook corner country course cousin cross cup cut dance dark day
dear deep desk different dinner dog door dream dress drink drive dry early earth east easy egg eight empty end enough evening every
example eye face family far farm fast father festival few field find fine fire first fish five floor flower fly food foot forest
four free fresh friend fruit full funny game garden gate gentle girl give glad glass go gold good grass great green grow guess hair
half hand happy hard hat head hear heart heavy help here high hill history holiday home hope horse hospital hot hotel house how
hundred hungry ice idea important inside island jacket juice jump keep kind kitchen lake lamp language large last late laugh leaf
learn left lemon letter library light like line listen little long look lose lot loud love lucky lunch make many map market may
maybe meal meet middle milk minute money month moon more morning most mother mountain mouth move much museum music name narrow near
new next nice night nine north nose number ocean of often old once one only open orange other our out outside over page paint paper
parent park part pass pay pencil people piece place plan plant plate play please pocket poor potato pretty price quick quiet rain
read ready red rest rice rich ride right river road room round run safe salt same sand school sea season second see sell send seven
shade ship shirt shoe shop short show sing sister sit six sky sleep slow small smile snow soft some song soon sound soup south
speak spend spoon spring stand star start station stay stone stop story street strong study sugar summer sun sweet swim table take
talk tall tea teach ten test thank theatre thing think three ticket time tiny today together tomorrow town train tree trip true try
turn two uncle under until use valley very village visit voice wait walk wall want warm wash watch water way weather week welcome
west wet what when where which white why wide wild wind window winter wish with woman wonder wood word work world write year yellow
yesterday young`)

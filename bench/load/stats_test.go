package main

import (
	"testing"
	"time"
)

func roundOf(kind Kind, milliseconds ...int) Round {
	round := Round{Elapsed: time.Second}
	for _, one := range milliseconds {
		round.Samples = append(round.Samples, Sample{kind, Reply{Total: time.Duration(one) * time.Millisecond}})
	}
	return round
}

func TestAddedTimeIsComparedWithinEachRound(t *testing.T) {
	direct := []Round{roundOf(Clean, 1, 1, 1), roundOf(Clean, 11, 11, 11), roundOf(Clean, 1, 1, 1)}
	own := []Round{roundOf(Clean, 3, 3, 3), roundOf(Clean, 13, 13, 13), roundOf(Clean, 3, 3, 3)}
	if figures := Summarise(own, direct); figures.Added != 2 || figures.AddedLow != 2 || figures.AddedTop != 2 {
		t.Errorf("added %v (%v .. %v), expected 2", figures.Added, figures.AddedLow, figures.AddedTop)
	}
}

func TestRefusalsDoNotMakeACaseLookFast(t *testing.T) {
	round := roundOf(Clean, 5, 5, 5)
	round.Samples = append(round.Samples, roundOf(Secret, 1, 1, 1, 1, 1).Samples...)
	if figures := Summarise([]Round{round}, []Round{round}); figures.P50 != 5 {
		t.Errorf("p50 %v, expected 5", figures.P50)
	}
}

func TestStreamedAnswersAreJudgedByTheirFirstToken(t *testing.T) {
	sample := Sample{Clean, Reply{Total: 30 * time.Millisecond, FirstToken: 2 * time.Millisecond}}
	if latency(sample) != 2*time.Millisecond {
		t.Errorf("got %v", latency(sample))
	}
}

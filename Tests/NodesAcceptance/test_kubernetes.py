"""Examples/Kubernetes, run as a pod would run it: the same user, groups, environment, arguments and mounts, and a root file
system that is read-only. What a cluster does besides is not run here: scripts/examples checks the files with its schemas."""

import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest
import requests
import yaml

from gate.server import free_port
from support import program
from support.waiting import eventually

EXAMPLES = program.ROOT / "Examples/Kubernetes"
DEADLINE = 60

ROOT = r"""
mount -t tmpfs -o mode=755 root /mnt
mkdir -p /mnt/root /mnt/changes /mnt/work
for path in /*; do
    [[ $path != /mnt ]] || continue
    if [[ -L $path ]]; then
        cp -P "$path" /mnt/root
    elif [[ $path == /etc ]]; then
        mkdir /mnt/root/etc
        mount -t overlay -o lowerdir=/etc,upperdir=/mnt/changes,workdir=/mnt/work etc /mnt/root/etc
    elif [[ -d $path ]]; then
        mkdir "/mnt/root$path"
        mount --rbind "$path" "/mnt/root$path"
        [[ $path == /proc || $path == /dev ]] || mount -o remount,bind,ro "/mnt/root$path"
    fi
done
while [[ $1 != -- ]]; do
    mkdir -p "/mnt/root${1%%=*}"
    mount --bind "${1#*=}" "/mnt/root${1%%=*}"
    shift
done
shift
mount -o remount,ro /mnt/root/etc
mount -o remount,ro /mnt
exec /usr/sbin/chroot /mnt/root "$@"
"""
"""Runs a command in a root file system of its own: that of this machine, read-only, with `PATH=FOLDER` mounted into it."""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount volumes and run a pod's user")


def documents(name: str, kind: str) -> list[dict]:
    return [document for document in yaml.safe_load_all((EXAMPLES / name).read_text()) if document["kind"] == kind]


class Pod:
    """The containers of a workload, one process at a time. Volumes are folders whose rights are set as kubelet sets them."""

    def __init__(self, workload: dict, secrets: dict[str, dict[str, str]], folder: Path):
        self.spec = workload["spec"]["template"]["spec"]
        self.secrets = secrets
        self.folder = folder
        self.group = self.spec["securityContext"]["fsGroup"]
        self.mounted = {volume["name"]: self._secret(volume) for volume in self.spec.get("volumes", [])}
        for claim in workload["spec"].get("volumeClaimTemplates", []):
            self.mounted[claim["metadata"]["name"]] = self._claim(claim["metadata"]["name"])
        self.ports = {}

    def _secret(self, volume: dict) -> Path:
        """Root's files in a dated folder, behind two links."""
        place, secret = self.folder / volume["name"], volume["secret"]
        dated = place / "..2026_11_28_23_00_00.1"
        dated.mkdir(parents=True)
        place.chmod(0o1777)
        for name, text in self.secrets[secret["secretName"]].items():
            (dated / name).write_text(text)
            os.chown(dated / name, 0, self.group)
            (dated / name).chmod(secret["defaultMode"])
            (place / name).symlink_to(f"..data/{name}")
        (place / "..data").symlink_to(dated.name)
        return place

    def _claim(self, name: str) -> Path:
        place = self.folder / name
        place.mkdir()
        os.chown(place, 0, self.group)
        place.chmod(0o2775)
        return place

    def _command(self, container: dict) -> list[str]:
        context = self.spec["securityContext"] | container["securityContext"]
        assert context["runAsNonRoot"] and context["readOnlyRootFilesystem"] and context["runAsUser"] != 0
        words = container.get("command", [program.path()]) + container["args"]
        mounts = [f"{mount['mountPath']}={self.mounted[mount['name']]}" for mount in container["volumeMounts"]]
        return [
            "unshare", "--mount", "bash", "-euc", ROOT, "root", *mounts, "--",
            "setpriv", f"--reuid={context['runAsUser']}", f"--regid={context['runAsGroup']}", f"--groups={self.group}",
            "--no-new-privs", "--inh-caps=-all", "--bounding-set=-all", "--", *words]

    def _environment(self, container: dict) -> dict[str, str]:
        values = {entry["name"]: entry["value"] for entry in container.get("env", [])}
        for source in container.get("envFrom", []):
            values |= self.secrets[source["secretRef"]["name"]]
        for port in container.get("ports", []):
            # The tests of this machine share its ports, which pods do not.
            setting = "STREAMSIGN_" + port["name"].upper()
            self.ports[port["name"]] = free_port()
            assert values[setting] == f"0.0.0.0:{port['containerPort']}"
            values[setting] = f"127.0.0.1:{self.ports[port['name']]}"
        # The image has the programs on its path.
        return {"PATH": f"{Path(program.path()).parent}:/usr/bin:/bin"} | values

    def initialize(self):
        for container in self.spec["initContainers"]:
            subprocess.run(self._command(container), env=self._environment(container), check=True, timeout=DEADLINE)

    def start(self) -> subprocess.Popen:
        container, = self.spec["containers"]
        return subprocess.Popen(
            self._command(container), env=self._environment(container), stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)

    def probes(self) -> dict[str, int]:
        """The status of each, or 0 while nobody answers."""
        container, = self.spec["containers"]
        return {name: self._probe(container[name]["httpGet"]) for name in container if name.endswith("Probe")}

    def _probe(self, get: dict) -> int:
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[get['port']]}{get['path']}", timeout=DEADLINE).status_code
        except requests.ConnectionError:
            return 0

    def run(self) -> str:
        """Until all probes are content; then it is stopped as kubelet does. Returns what it said."""
        process = self.start()
        try:
            eventually(
                lambda: process.poll() is not None or set(self.probes().values()) == {200}, DEADLINE, every=0.05)
            assert process.poll() is None, process.stderr.read()
            begin = time.monotonic()
            process.terminate()
            assert process.wait(DEADLINE) == 0
            assert time.monotonic() - begin + self._sleep < self.spec["terminationGracePeriodSeconds"]
            return process.stderr.read()
        finally:
            process.kill()

    @property
    def _sleep(self) -> int:
        container, = self.spec["containers"]
        return container["lifecycle"]["preStop"]["sleep"]["seconds"]


@pytest.fixture
def folder():
    """Where every user may enter, unlike in those of pytest."""
    path = Path(tempfile.mkdtemp(prefix="streamsign-pod-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def test_the_deployment_runs_with_the_secrets_of_the_example(cluster, folder):
    secrets = {secret["metadata"]["name"]: secret["stringData"] for secret in documents("secret.yaml", "Secret")}
    secrets["streamsign-database"] |= {"STREAMSIGN_DATABASE_URL": cluster.database.url}
    secrets["streamsign-master-key"] |= {"master.key": "0f" * 32}
    deployment, = documents("postgresql.yaml", "Deployment")
    for _ in range(2):
        said = Pod(deployment, secrets, Path(tempfile.mkdtemp(dir=folder))).run()
        assert "every user" not in said and "its group" not in said and '"level":"error"' not in said, said
        assert "write credential" not in said, "the first one was made before, and is in no log"


def test_the_single_node_starts_again_on_its_volume(folder):
    stateful, = documents("single-node.yaml", "StatefulSet")
    pod = Pod(stateful, {}, folder)
    for _ in range(2):
        pod.initialize()
        said = pod.run()
        assert "every user" not in said and "write credential" not in said, said
    data, = pod.mounted.values()
    credential = data / "credential"
    assert credential.read_text().startswith("ss_") and credential.stat().st_mode & 0o077 == 0

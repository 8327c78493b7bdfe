"""Folders, secrets and file systems as platforms give them to a container: the service runs as a user that owns none of them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from support import program
from support.service import Service

USER, OTHER_USER, GROUP = 61_001, 61_002, 61_003

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can run the service as other users")


@pytest.fixture
def place():
    """A folder that every user may enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="streamsign-rights-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def octal(value: int) -> str:
    return f"{value:o}"


def user(uid: int) -> list[str]:
    """Without a name, a home or anything else that comes from /etc/passwd."""
    return ["setpriv", "--reuid", str(uid), "--regid", str(uid), "--groups", str(GROUP), "--"]


def mounted(folder: Path, options: str, *more: str) -> list[str]:
    """In a mount namespace with an empty volume at the folder."""
    script = " && ".join([f"mount -t tmpfs -o {options} volume {folder}", *more, 'exec "$@"'])
    return ["unshare", "--mount", "sh", "-c", script, "sh"]


def make(folder: Path, mode: int, owner: int = 0, group: int = GROUP) -> Path:
    folder.mkdir()
    os.chown(folder, owner, group)
    folder.chmod(mode)
    return folder


def put_back(folder: Path):
    """What Kubernetes does to a volume with `fsGroup` at each start."""
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, -1, GROUP)
        path.chmod(path.stat().st_mode | (0o2770 if path.is_dir() else 0o660))


def runs(data: Path, *flags, under: list[str], env: dict[str, str] | None = None) -> str:
    """Starts and stops. Returns the output."""
    with Service(data, *flags, under=under, env=env) as service:
        service.wait_for("listening")
    return service.output


@pytest.mark.parametrize("mode, owner", [(0o2770, 0), (0o2775, 0), (0o770, OTHER_USER), (0o775, 0)], ids=octal)
def test_a_folder_of_another_user_with_rights_for_the_group(place, mode, owner):
    data = make(place / "data", mode, owner)
    assert "every user" not in runs(data, under=user(USER))
    for _ in range(2):
        put_back(data)
        assert "every user" not in runs(data, under=user(USER))
    # As where each deployment gets a user id of its own.
    put_back(data)
    runs(data, under=user(OTHER_USER))


def test_an_empty_volume_that_everyone_may_write_into(place):
    volume = make(place / "volume", 0o755)
    for under in ([], user(USER)):
        said = runs(volume, under=mounted(volume, "mode=0777") + under)
        assert f"{volume}: every user of this machine may write here (mode 777)" in said
    folder = runs(volume / "data", under=mounted(volume, "mode=0777") + user(USER))
    assert "every user" not in folder, "the folder that it makes in the volume is its own"


def test_a_folder_of_another_user_that_everyone_may_write_into(place):
    data = make(place / "data", 0o777)
    assert "may write here (mode 777)" in runs(data, under=user(USER))


@pytest.mark.parametrize("mode, owner", [(0o777, USER), (0o1777, 0), (0o703, USER)], ids=octal)
def test_a_folder_that_its_owner_left_open_to_everyone(place, mode, owner):
    data = make(place / "data", mode, owner)
    refused = subprocess.run(
        [*user(USER), program.path(), "serve", "--data", data, "--api", "127.0.0.1:0"], env=program.environment(),
        capture_output=True, text=True)
    assert refused.returncode == 2 and not list(data.iterdir())
    assert "chmod 700" in refused.stderr and "STREAMSIGN_FILE_RIGHTS=warn" in refused.stderr
    said = runs(data, under=user(USER), env={"STREAMSIGN_FILE_RIGHTS": "warn"})
    assert f"{data}: every user of this machine may write here" in said
    made = subprocess.run(
        [*user(USER), program.path(), "credential", "create", "--data", data, "--account", "a", "--role", "read"],
        env=program.environment(STREAMSIGN_FILE_RIGHTS="warn"), capture_output=True, text=True)
    assert made.returncode == 0 and made.stdout.startswith("ss_"), made.stderr


def secret(folder: Path, mode: int) -> Path:
    """A file as Kubernetes mounts secrets: root's, behind two links."""
    dated = folder / "..2026_11_28_23_00_00.1"
    dated.mkdir(parents=True)
    (folder / "..data").symlink_to(dated.name)
    key = dated / "master.key"
    key.write_text("0f" * 32)
    key.chmod(mode)
    os.chown(key, 0, GROUP)
    (folder / "master.key").symlink_to("..data/master.key")
    return folder / "master.key"


def test_a_secret_of_root_that_the_group_may_read_through_links(place):
    data = make(place / "data", 0o700, USER)
    said = runs(data, "--master-key-file", secret(place / "secret", 0o440), under=user(USER))
    assert "may use this file" not in said and not (data / "master.key").exists()


def test_a_secret_that_everyone_may_read(place):
    data = make(place / "data", 0o700, USER)
    key = secret(place / "secret", 0o444)
    refused = subprocess.run(
        [*user(USER), program.path(), "serve", "--data", data, "--api", "127.0.0.1:0", "--master-key-file", key],
        env=program.environment(), capture_output=True, text=True)
    assert refused.returncode == 2 and "every user of this machine may use this file (mode 444)" in refused.stderr
    runs(data, "--master-key-file", key, "--file-rights", "warn", under=user(USER))
    # In a container, where the platform chose the mode.
    volume = make(place / "volume", 0o755)
    copied = mounted(volume, "mode=1777", f"cp -a {key.parent}/. {volume}")
    assert "(mode 444)" in runs(data, "--master-key-file", volume / "master.key", under=copied + user(USER))


@pytest.mark.parametrize("mode, is_noted", [(0o644, True), (0o640, True), (0o600, False)], ids=octal)
def test_a_settings_file_with_a_password_is_never_refused_but_noted(tmp_path, mode, is_noted):
    settings = tmp_path / "streamsign.conf"
    settings.write_text("database-url = postgres://u:secret@127.0.0.1:1/keys?connect_timeout=1")
    settings.chmod(mode)
    run = program.run("serve", "--config", settings, "--api", "127.0.0.1:0", "--data", tmp_path / "data")
    assert run.returncode == 3, "there is no database"
    assert (f"{settings} is open to others on this machine" in run.stderr) == is_noted
    settings.write_text("log-level = warning\n")
    assert "open to others" not in program.run("serve", "--config", settings, "--print-config").stderr


def test_a_root_file_system_that_is_read_only(place):
    volume = make(place / "volume", 0o755)
    read_only = mounted(volume, f"mode=2770,gid={GROUP}", "mount -o remount,bind,ro /")
    with Service(volume, under=read_only + user(USER)) as service:
        root = Path(f"/proc/{service.process.pid}/root")
        assert os.statvfs(root).f_flag & os.ST_RDONLY and (root / volume.relative_to("/") / "master.key").exists()
    assert "error" not in service.output

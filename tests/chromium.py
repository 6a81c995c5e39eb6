"""A real browser for the tests: headless Chromium, told what to do through a pipe (its DevTools protocol)."""

import base64
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome")
_ALONE = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
QUIET = (
    *_ALONE, "--disable-component-update", "--disable-sync", "--hide-scrollbars",
    "--force-color-profile=srgb", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip
AXE = Path(__file__).resolve().parent.parent / "requirements/pages/node_modules/axe-core/axe.min.js"
PAGE_WIDE = ["region", "landmark-one-main", "bypass", "page-has-heading-one"]
"""Rules for a whole web page; a message is shown inside one that is not ours."""


@dataclass
class Tab:
    """One page of the browser, on which one document after another is written."""

    tell: int
    hear: int
    session: str = ""
    target: str = ""
    number: int = 0
    heard: bytes = b""
    notes: list[dict[str, Any]] = field(default_factory=list)

    def call(self, method: str, **params: Any) -> Any:
        """Ask for one thing and wait for its answer."""
        self.number += 1
        asked = {"id": self.number, "method": method, "params": params}
        if self.session:
            asked["sessionId"] = self.session
        os.write(self.tell, json.dumps(asked).encode() + b"\0")
        while (answer := self._next()).get("id") != self.number:
            self.notes.append(answer)
        assert "error" not in answer, f"{method}: {answer['error']}"
        return answer["result"]

    def run(self, script: str) -> Any:
        """Run a script in the page and give its value; a promise is waited for."""
        found = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def show(self, page: str, width: int = 600, *, dark: bool = False, forced: bool = False) -> None:
        """Write a document into the page, as wide as that, for a reader who likes it dark or does not.

        forced: the mail program turns the colours itself, whatever the page says.
        """
        self._sized(width, dark=dark)
        self.call("Emulation.setAutoDarkModeOverride", enabled=forced)
        self.call("Page.setDocumentContent", frameId=self.target, html=page)
        self.run("Promise.all([...document.images].map(one => one.decode().catch(() => 0))).then(() => 0)")

    def go(self, address: str, width: int = 1280, *, dark: bool = False, media: str = "") -> None:
        """Open an address and wait until it has loaded, in a window as wide as that."""
        self._sized(width, dark=dark, media=media)
        self.call("Page.navigate", url="about:blank")  # a page that is open already is opened anew
        self.call("Page.navigate", url=address)
        until = time.monotonic() + 20
        while not self.run("document.readyState === 'complete' && location.href !== 'about:blank'"):
            assert time.monotonic() < until, f"{address} did not load"
            time.sleep(0.02)

    def press(self, key: str, *, code: int, text: str = "", shift: bool = False) -> None:
        """Press a key and let it go."""
        said = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.call("Input.dispatchKeyEvent", type="keyDown", **said, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **said)

    def _sized(self, width: int, *, dark: bool, media: str = "") -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def axe(self, *rules: str, whole: bool = False) -> list[str]:
        """Let axe-core judge the page by these rules, or by all it has, and give what is wrong.

        whole: it is a web page of its own, not a message inside one.
        """
        if not self.run("'axe' in window"):
            self.run(AXE.read_text("utf-8") + ";0")
        kinds = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        options: dict[str, Any] = {
            "resultTypes": ["violations"],
            "runOnly": {"type": "rule", "values": rules} if rules else {"type": "tag", "values": kinds},
        }
        if not rules and not whole:
            options["rules"] = {name: {"enabled": False} for name in PAGE_WIDE}
        found = self.run(f"axe.run(document, {json.dumps(options)}).then(all => all.violations)")
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]

    def overflow(self) -> list[str]:
        """Give what stands wider than the window."""
        return list(self.run(_OVERFLOW))

    def picture(self) -> bytes:
        """Give all of the page as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.heard:
            more = os.read(self.hear, 1 << 20)
            assert more, "the browser has gone"
            self.heard += more
        one, _, self.heard = self.heard.partition(b"\0")
        found: dict[str, Any] = json.loads(one)
        return found


_OVERFLOW = """(() => {
  const wide = document.documentElement.scrollWidth > innerWidth + 1 ? [`${document.documentElement.scrollWidth} px`] : [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const range = document.createRange(); range.selectNodeContents(walk.currentNode);
    const box = range.getBoundingClientRect();
    if (box.width > 1 && (box.right > innerWidth + 1 || box.left < -1)) wide.push(walk.currentNode.data.trim().slice(0, 60));
  }
  return wide;
})()"""  # noqa: E501 -- a script

LARGER = """(() => {
  const size = one => parseFloat(getComputedStyle(one).fontSize);
  const all = [...document.querySelectorAll('body *')].map(one => [one, size(one)]);
  for (const [one, was] of all) one.style.setProperty('font-size', `${2 * was}px`, 'important');
})()"""
"""Text twice as large, as a reader with low vision has it."""


_PLUMB = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 100) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""The browser reads its orders from file 3 and answers in file 4."""


def find() -> str:
    """Give the browser's path, or fail the test with what to do."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("this test needs a browser: apt-get install chromium")
    return found


def browsed(address: str, profile: Path) -> tuple[str, list[str]]:
    """Open an address: the page as it then stands, and what its console says."""
    done = subprocess.run(
        [find(), *_ALONE, f"--user-data-dir={profile}", "--enable-logging=stderr", "--dump-dom", address],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@contextmanager
def opened(profile: Path) -> Iterator[Tab]:
    """Open a browser with one tab, and close it again."""
    (orders, tell), (hear, news) = os.pipe(), os.pipe()
    line = [find(), *QUIET, f"--user-data-dir={profile}", "--remote-debugging-pipe", "about:blank"]
    plumbed = [sys.executable, "-c", _PLUMB, str(orders), str(news), *line]
    with subprocess.Popen(plumbed, pass_fds=(orders, news), stderr=subprocess.DEVNULL) as browser:
        os.close(orders)
        os.close(news)
        tab = Tab(tell, hear)
        try:
            tab.target = tab.call("Target.createTarget", url="about:blank")["targetId"]
            tab.session = tab.call("Target.attachToTarget", targetId=tab.target, flatten=True)["sessionId"]
            yield tab
        finally:
            browser.terminate()
            os.close(tell)
            os.close(hear)

"""Chromium without a window, driven from here, and what it has asked the network for."""

import json
import os
import shutil

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

DEADLINE = 60


class Browser:
    def __init__(self):
        # Without it, selenium asks the network for drivers and reports home.
        os.environ["SE_OFFLINE"] = "true"
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for argument in (
            "headless=new", "no-sandbox", "disable-dev-shm-usage", "disable-gpu", "disable-background-networking",
            "autoplay-policy=no-user-gesture-required", "mute-audio", "window-size=1200,900", "no-proxy-server",
        ):
            options.add_argument("--" + argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        self.driver.set_script_timeout(DEADLINE)

    def reset(self):
        """As if it were new, and nobody had asked for anything."""
        self.send_headers({})
        self.driver.get("about:blank")
        self.problems()
        self.requests()

    def send_headers(self, headers: dict[str, str]):
        """With every request, as a proxy in front of the gate would."""
        self.driver.execute_cdp_cmd("Network.enable", {})
        self.driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": headers})

    def open(self, url: str):
        self.driver.get(url)

    def run(self, script: str, *arguments):
        return self.driver.execute_script(script, *arguments)

    def text(self, id: str) -> str:
        """What a person reads there."""
        return self.run("return document.getElementById(arguments[0]).innerText", id).strip()

    def wait(self, script: str, *arguments):
        """Until the script returns something true, which is returned."""
        return WebDriverWait(self.driver, DEADLINE, poll_frequency=0.1).until(
            lambda _: self.run(script, *arguments), f"never: {script}")

    def press(self, *keys: str):
        ActionChains(self.driver).send_keys(*keys).perform()

    def step_back(self):
        """To what has the focus before this."""
        ActionChains(self.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()

    @property
    def focused(self) -> str:
        return self.driver.switch_to.active_element.get_attribute("id")

    def problems(self) -> list[str]:
        """What the console has complained of since the last question, except failed requests, which tests make on purpose."""
        entries = self.driver.get_log("browser")
        return [entry["message"] for entry in entries if entry["source"] != "network"]

    def requests(self) -> list[str]:
        """The addresses that were asked for since the last question."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [
            event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith(("data:", "blob:", "about:"))]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

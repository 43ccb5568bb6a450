//! A headless Chromium, spoken to by the WebDriver protocol.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

/// A page in a browser of its own, which goes with this value.
pub struct Page {
    driver: Child,
    session: String,
    folder: PathBuf,
}

impl Page {
    /// Opens a page with this text.
    pub fn open(text: &str) -> Page {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("refcycle-browser-{}-{number}", std::process::id()));
        std::fs::create_dir_all(folder.join("profile")).unwrap();
        let file = folder.join("report.html");
        std::fs::write(&file, text).unwrap();

        let (driver, port) = start_driver();
        let profile = format!("--user-data-dir={}", folder.join("profile").display());
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1200,900",
            &profile,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "goog:chromeOptions": { "args": arguments },
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
        } } });
        let server = format!("http://127.0.0.1:{port}/session");
        let id = post(&server, &wanted)["sessionId"].as_str().expect("a session has an id").to_owned();
        let page = Page { driver, session: format!("{server}/{id}"), folder };
        page.call("url", &json!({ "url": format!("file://{}", file.display()) }));
        page
    }

    /// The value of a JavaScript expression.
    pub fn eval(&self, expression: &str) -> Value {
        self.call("execute/sync", &json!({ "script": format!("return {expression}"), "args": [] }))
    }

    /// The strings that an expression lists.
    pub fn texts(&self, expression: &str) -> Vec<String> {
        let found = self.eval(expression);
        let list = found.as_array().unwrap_or_else(|| panic!("no list: {found}"));
        list.iter().map(|text| text.as_str().unwrap_or_else(|| panic!("no text: {text}")).to_owned()).collect()
    }

    /// Clicks on what an XPath finds, as a user does: it must be visible.
    pub fn click(&self, xpath: &str) {
        let id = self.element(xpath);
        self.call(&format!("element/{id}/click"), &json!({}));
    }

    /// Presses keys on what an XPath finds.
    pub fn press(&self, xpath: &str, keys: &str) {
        let id = self.element(xpath);
        self.call(&format!("element/{id}/value"), &json!({ "text": keys }));
    }

    fn element(&self, xpath: &str) -> String {
        let found = self.call("element", &json!({ "using": "xpath", "value": xpath }));
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        id.expect("an element has an id").to_owned()
    }

    /// Has the page shown as for a user who prefers `light` or `dark`.
    pub fn prefer(&self, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        let params = json!({ "features": features });
        self.call("goog/cdp/execute", &json!({ "cmd": "Emulation.setEmulatedMedia", "params": params }));
    }

    /// What the console shows.
    pub fn console(&self) -> Vec<Value> {
        self.call("se/log", &json!({ "type": "browser" })).as_array().cloned().unwrap_or_default()
    }

    /// The addresses that the page asked for, its own first. (The browser begins with a page that is none of ours.)
    pub fn requests(&self) -> Vec<String> {
        let entries = self.call("se/log", &json!({ "type": "performance" }));
        let mut addresses = Vec::new();
        for entry in entries.as_array().expect("a log is a list") {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let message = &message["message"];
            let params = &message["params"];
            let is_ours = params["documentURL"].as_str().is_some_and(|address| address.starts_with("file:"));
            if message["method"] == "Network.requestWillBeSent" && is_ours {
                addresses.push(params["request"]["url"].as_str().unwrap().to_owned());
            }
        }
        addresses
    }

    fn call(&self, command: &str, body: &Value) -> Value {
        post(&format!("{}/{command}", self.session), body)
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // The browser ends with its session, the driver by itself; neither may hide why a test failed.
        ureq::delete(&self.session).call().ok();
        self.driver.kill().ok();
        self.driver.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

/// Starts chromedriver on a free port, which it tells.
fn start_driver() -> (Child, u16) {
    let mut driver = Command::new("chromedriver")
        .arg("--port=0")
        .stdout(Stdio::piped())
        .spawn()
        .expect("chromedriver is needed: install Debian's chromium and chromium-driver");
    let mut lines = BufReader::new(driver.stdout.take().expect("it is piped")).lines();
    let port = loop {
        let line = lines.next().expect("chromedriver tells its port").unwrap();
        if let Some((_, rest)) = line.split_once("started successfully on port ") {
            break rest.trim_end_matches('.').parse().expect("a port is a number");
        }
    };
    // It must not be stopped by a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (driver, port)
}

fn post(address: &str, body: &Value) -> Value {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut answer = agent.post(address).send_json(body).unwrap_or_else(|error| panic!("{address}: {error}"));
    let is_success = answer.status().is_success();
    let answer: Value = answer.body_mut().read_json().unwrap();
    assert!(is_success, "{address}: {answer}");
    answer["value"].clone()
}

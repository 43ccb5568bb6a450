use serde_json::{Map, Number, Value};

super::plain!([] Value, [] Number, [] Map<String, Value>);

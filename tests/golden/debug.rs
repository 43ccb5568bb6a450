//! What the flags of `gc.set_debug` print is what CPython prints, but for addresses, times, the size of the heap and the
//! order of objects that die together. A
//! program runs in a process of its own, whose standard error stream is read.

use std::process::Command;

use refcycle::gc::{self, Debug};
use refcycle::{Gc, managed};

const IN_CHILD: &str = "REFCYCLE_TEST_OF_STDERR";

/// What a test of this module prints to the standard error stream when it runs `program`. `None` in the child.
fn stderr_of(test: &str, program: fn()) -> Option<String> {
    if std::env::var_os(IN_CHILD).is_some() {
        program();
        return None;
    }
    let test = format!("golden::debug::{test}");
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &test, "--nocapture"])
        .env(IN_CHILD, "yes")
        .output()
        .unwrap();
    let printed = String::from_utf8(child.stderr).unwrap();
    assert!(child.status.success(), "{printed}");
    Some(printed)
}

/// Leaves out what differs from run to run.
fn normalized(text: &str) -> String {
    let line = |line: &str| match line.split_once(" 0x") {
        Some((before, _)) => format!("{before} 0x…>\n"),
        None if line.starts_with("gc: objects in each generation: ") => {
            assert_eq!(line.rsplit(' ').take_while(|count| count.parse::<u64>().is_ok()).count(), 3);
            String::from("gc: objects in each generation: …\n")
        }
        None => match line.strip_suffix("s elapsed").and_then(|rest| rest.rsplit_once(' ')) {
            Some((before, seconds)) => {
                assert_eq!(seconds.split('.').nth(1).map(str::len), Some(4), "{line}");
                format!("{before} … elapsed\n")
            }
            None => format!("{line}\n"),
        },
    };
    let mut lines: Vec<String> = text.lines().map(line).collect();
    // The objects of one collection stand in the order in which the collector happens to meet them.
    lines.chunk_by_mut(|a, b| [a, b].iter().all(|line| line.contains("collectable <"))).for_each(<[_]>::sort);
    lines.concat()
}

#[test]
fn a_script_prints_what_cpython_prints() {
    fn program() {
        fn script() {
            include!("680_debug_texts.script");
        }
        super::scripts::check(script, include_str!("680_debug_texts.out"));
    }
    let Some(printed) = stderr_of("a_script_prints_what_cpython_prints", program) else { return };
    assert_eq!(normalized(&printed), normalized(include_str!("680_debug_texts.err")));
}

#[managed]
struct Node {
    #[managed(mut)]
    peer: Option<Gc<Node>>,
}

fn lose_a_pair() {
    let a = Node::new(None);
    a.set_peer(Some(Node::new(Some(a.clone()))));
}

#[test]
fn rust_has_the_same_flags() {
    fn program() {
        gc::collect();
        gc::freeze();
        gc::set_debug(Debug::STATS | Debug::COLLECTABLE | Debug::UNCOLLECTABLE);
        lose_a_pair();
        assert_eq!(gc::collect_generation(0), 2);
        gc::set_debug(Debug::LEAK);
        lose_a_pair();
        assert_eq!(gc::collect(), 2);
        assert_eq!(gc::garbage::len(), 2);
        gc::set_debug(Debug::NONE);
        gc::garbage::clear();
        assert_eq!(gc::collect(), 2);
    }
    let Some(printed) = stderr_of("rust_has_the_same_flags", program) else { return };
    assert_eq!(
        normalized(&printed),
        "gc: collecting generation 0...\n\
         gc: objects in each generation: …\n\
         gc: objects in permanent generation: 0\n\
         gc: collectable <Node 0x…>\n\
         gc: collectable <Node 0x…>\n\
         gc: done, 2 unreachable, 0 uncollectable, … elapsed\n\
         gc: collectable <Node 0x…>\n\
         gc: collectable <Node 0x…>\n"
    );
}

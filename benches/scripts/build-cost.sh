#!/usr/bin/env bash
# What a hello-world program pays for each contestant: packages in its tree, processor time of a first release build, size of the
# stripped program; and how many lines the attribute `managed` expands to. Prints a Markdown table.
# Needs the network, or the packages in Cargo's cache.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset CARGO_TARGET_DIR
export RUSTFLAGS=-Awarnings

# hello NAME DEPENDENCIES PROGRAM: a package that makes an object with two fields and prints one of them.
hello() {
    mkdir -p "$work/$1/src"
    printf '[package]\nname = "hello"\nversion = "0.0.0"\nedition = "2024"\n[profile.release]\nstrip = true\n[dependencies]\n%s\n[workspace]\n' "$2" >"$work/$1/Cargo.toml"
    printf '%s\n' "$3" >"$work/$1/src/main.rs"
    cd "$work/$1"
    cargo fetch --quiet
    local packages seconds
    packages=$(cargo tree --prefix none --edges normal,build | sed 's/ (\*)$//' | sort -u | grep -vc '^hello ' || true)
    TIMEFORMAT=%U
    seconds=$({ time cargo build --release --quiet --jobs 1 >/dev/null; } 2>&1)
    [ "$(./target/release/hello)" = 5 ]
    printf '| %s | %d | %.1f | %d |\n' "$1" "$packages" "$seconds" "$(($(stat -c %s target/release/hello) / 1024))"
}

printf '| | packages | build, s | program, KiB |\n|---|---:|---:|---:|\n'
hello Rc '' 'use std::cell::RefCell;
use std::rc::Rc;
struct Node { next: RefCell<Option<Rc<Node>>>, value: u8 }
fn main() { let node = Rc::new(Node { next: RefCell::new(None), value: 5 }); *node.next.borrow_mut() = None; println!("{}", node.value); }'
hello refcycle "refcycle = { path = \"$root\" }" 'use refcycle::{Gc, managed};
#[managed]
struct Node { #[managed(mut)] next: Option<Gc<Node>>, value: u8 }
fn main() { let node = Node::new(None, 5); node.set_next(Some(node.clone())); println!("{}", node.value); }'
hello dumpster 'dumpster = "2.1.0"' 'use std::cell::RefCell;
use dumpster::{Trace, unsync::Gc};
#[derive(Trace)]
struct Node { next: RefCell<Option<Gc<Node>>>, value: u8 }
fn main() { let node = Gc::new(Node { next: RefCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'
hello rust-cc 'rust-cc = "0.6.2"' 'use std::cell::RefCell;
use rust_cc::{Cc, Finalize, Trace};
#[derive(Trace, Finalize)]
struct Node { next: RefCell<Option<Cc<Node>>>, value: u8 }
fn main() { let node = Cc::new(Node { next: RefCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'
hello gc 'gc = { version = "0.5.1", features = ["derive"] }' 'use gc::{Finalize, Gc, GcCell, Trace};
#[derive(Trace, Finalize)]
struct Node { next: GcCell<Option<Gc<Node>>>, value: u8 }
fn main() { let node = Gc::new(Node { next: GcCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'
hello gc-arena 'gc-arena = "0.7.0"' 'use gc_arena::{Arena, Collect, Gc, RefLock, Rootable};
#[derive(Collect)]
#[collect(no_drop)]
struct Node<'"'"'gc> { next: Option<Gc<'"'"'gc, RefLock<Node<'"'"'gc>>>>, value: u8 }
fn main() {
    let arena = Arena::<Rootable![Gc<'"'"'_, RefLock<Node<'"'"'_>>>]>::new(|mutation| Gc::new(mutation, RefLock::new(Node { next: None, value: 5 })));
    arena.mutate(|mutation, root| { root.borrow_mut(mutation).next = Some(*root); println!("{}", root.borrow().value) });
}'
hello bacon_rajan_cc 'bacon_rajan_cc = "0.4.0"' 'use std::cell::RefCell;
use bacon_rajan_cc::{Cc, Trace, Tracer};
struct Node { next: RefCell<Option<Cc<Node>>>, value: u8 }
impl Trace for Node { fn trace(&self, tracer: &mut Tracer) { self.next.trace(tracer); } }
fn main() { let node = Cc::new(Node { next: RefCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'
hello gcmodule 'jrsonnet-gcmodule = "0.5.0"' 'use std::cell::RefCell;
use jrsonnet_gcmodule::{Cc, Trace, Tracer};
struct Node { next: RefCell<Option<Cc<Node>>>, value: u8 }
impl Trace for Node { fn trace(&self, tracer: &mut Tracer<'"'"'_>) { self.next.trace(tracer); } fn is_type_tracked() -> bool { true } }
fn main() { let node = Cc::new(Node { next: RefCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'
hello boa_gc 'boa_gc = "0.22.0"' 'use boa_gc::{Finalize, Gc, GcRefCell, Trace};
#[derive(Trace, Finalize)]
struct Node { next: GcRefCell<Option<Gc<Node>>>, value: u8 }
fn main() { let node = Gc::new(Node { next: GcRefCell::new(None), value: 5 }); *node.next.borrow_mut() = Some(node.clone()); println!("{}", node.value); }'

# The expansion, printed by rustc itself; that needs a nightly compiler.
cd "$work/refcycle"
if lines=$(RUSTC_BOOTSTRAP=1 cargo rustc --release --quiet -- -Zunpretty=expanded 2>/dev/null | wc -l); then
    printf '\n`#[managed]` on a struct of two fields: %d lines after expansion.\n' "$lines"
fi

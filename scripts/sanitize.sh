#!/usr/bin/env bash
# Runs the tests under AddressSanitizer with leak detection, on the crate's own heap and on the system's, and under
# valgrind. All must come out clean.
#
#   scripts/sanitize.sh [asan|asan-system|valgrind]...    (all three by default)
#
# Needs a nightly toolchain for AddressSanitizer (`rustup toolchain install nightly`) and `valgrind` for the last.
# Documentation tests and those under `ui` are left out: they run compilers; and those named `are_leaked`, which leak on
# purpose. REFCYCLE_FUZZ_SECONDS and REFCYCLE_DEPTH can
# be set to run random programs longer, and to make structures deeper than the million of ASan and the twenty thousand of
# valgrind. ASan makes frames larger: fifty nested deaths take up to 160 KiB there, hence REFCYCLE_STACK_KIB.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-unknown-linux-gnu
# Other compilations than a plain `cargo test`: so they don't replace its own.
directory=${CARGO_TARGET_DIR:-target}/sanitize

asan() {
    if ! cargo +nightly --version >/dev/null 2>&1; then
        echo "AddressSanitizer needs a nightly toolchain: rustup toolchain install nightly" >&2
        return 1
    fi
    ASAN_OPTIONS=detect_leaks=1 RUSTFLAGS=-Zsanitizer=address CARGO_TARGET_DIR=$directory/asan \
        REFCYCLE_FUZZ_SECONDS=${REFCYCLE_FUZZ_SECONDS:-20} REFCYCLE_DEPTH=${REFCYCLE_DEPTH:-1000000} \
        REFCYCLE_STACK_KIB=${REFCYCLE_STACK_KIB:-224} \
        cargo +nightly test --package refcycle --lib --tests --target $target "$@" -- --skip ui:: --skip are_leaked
}

valgrind() {
    if ! command -v valgrind >/dev/null; then
        echo "valgrind is not installed: apt install valgrind" >&2
        return 1
    fi
    # The standard library keeps the main thread's handle where valgrind finds it "possibly" lost only.
    local runner="valgrind --quiet --error-exitcode=1 --leak-check=full"
    runner+=" --show-leak-kinds=definite --errors-for-leak-kinds=definite"
    CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER=$runner \
        CARGO_TARGET_DIR=$directory/valgrind \
        REFCYCLE_FUZZ_SECONDS=${REFCYCLE_FUZZ_SECONDS:-20} REFCYCLE_DEPTH=${REFCYCLE_DEPTH:-20000} \
        cargo test --package refcycle --lib --tests --target $target --features system-alloc -- --skip ui:: --skip are_leaked
}

for run in "${@:-asan asan-system valgrind}"; do
    for name in $run; do
        echo "== $name"
        case $name in
        asan) asan ;;
        asan-system) asan --features system-alloc ;;
        valgrind) valgrind ;;
        *) echo "unknown: $name" >&2 && exit 2 ;;
        esac
    done
done

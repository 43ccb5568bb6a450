//! Rust's variables in a script: numbers and text are the script's own when they are read, and Rust's when they are assigned.

use refcycle::builtins::{Exception, capture};
use refcycle::gc_script;

#[test]
fn numbers_of_any_width_are_ints_and_floats() {
    let (small, count, part) = (3_u8, 7_usize, 0.5_f32);
    let printed = capture(|| {
        gc_script! {
            print(small + 1, 10 - small, -small, small / 2, small ** 2, count % 4, part * 2, count * part);
            print(small < count, small == 3, 1 < small < count, f "{count:>3}", float(count), abs(part));
        }
    });
    assert_eq!(printed, "4 7 -3 1.5 9 3 1.0 3.5\nTrue True True   7 7.0 0.5\n");
}

#[test]
fn text_of_rust_is_a_str() {
    let (borrowed, owned, letter) = ("ab", String::from("cd"), 'e');
    let printed = capture(|| {
        gc_script! {
            print(borrowed + "!", "<" + owned, owned * 2, letter + "f", borrowed[0], owned[-1]);
            print(borrowed == "ab", owned < "d", "c" in owned, borrowed in "cab", letter in "xyz");
        }
    });
    assert_eq!(printed, "ab! <cd cdcd ef a d\nTrue True True True False\n");
}

#[test]
fn a_name_of_the_script_holds_the_scripts_own_value() {
    let (count, name) = (2_u16, "b");
    let printed = capture(|| {
        gc_script! {
            total = count;
            total = total + 1;
            text = name;
            text = text + "!";
            print(total, text, [name, "c"], [count, 1], {name: count}, (count, 1), count or 5, max(count, 7));
        }
    });
    assert_eq!(printed, "3 b! ['b', 'c'] [2, 1] {'b': 2} (2, 1) 2 7\n");
}

#[test]
fn functions_of_the_script_take_them() {
    let (count, name) = (2_i32, String::from("ab"));
    let printed = capture(|| {
        gc_script! {
            def repeated(text: str, times: int) -> str { return text * times; }
            print(repeated(name, count), repeated(name, times=count + 1));
        }
    });
    assert_eq!(printed, "abab ababab\n");
}

#[test]
fn an_assigned_variable_keeps_its_type() {
    let (mut count, mut ratio, mut name, mut letter, mut done) = (1_i32, 0.5_f32, String::from("a"), 'x', false);
    gc_script! {
        nonlocal count, ratio, name, letter, done;
        for i in range(4) { count += i; }
        count = count * 2;
        ratio = ratio + 1;
        name += "b";
        if letter == "x" { letter = "y"; }
        done = not done;
    }
    assert_eq!((count, ratio, name.as_str(), letter, done), (14, 1.5, "ab", 'y', true));
}

#[test]
fn what_is_assigned_must_fit() {
    let mut count = 250_u8;
    let result: Result<(), Exception> = gc_script! {
        raises;
        nonlocal count;
        for i in range(10) { count += 1; }
    };
    assert_eq!(result.unwrap_err().to_string(), "256 does not fit in a 'u8'");
    assert_eq!(count, 255);
}

#[test]
#[should_panic(expected = "OverflowError: -1 does not fit in a 'usize'")]
fn where_nothing_can_be_raised_it_panics() {
    let mut left = 0_usize;
    gc_script! {
        nonlocal left;
        left -= 1;
    }
    assert_eq!(left, 0);
}

#[test]
fn a_variable_that_may_be_none() {
    let (mut best, mut worst): (Option<i32>, Option<i32>) = (None, Some(1));
    let printed = capture(|| {
        gc_script! {
            nonlocal best, worst;
            print(best is None, best == 3, worst == 1);
            best = 3;
            print(best + 1, best > 2);
            worst = None;
        }
    });
    assert_eq!((best, worst), (Some(3), None));
    assert_eq!(printed, "True False True\n4 True\n");
}

#[test]
fn none_is_no_operand() {
    let best: Option<i32> = None;
    let result: Result<i64, Exception> = gc_script! { raises; best + 1 };
    assert_eq!(result.unwrap_err().class().name(), "TypeError");
}

#[test]
fn a_number_without_a_type_is_an_int() {
    let mut total = 0;
    gc_script! {
        nonlocal total;
        for i in range(3) { total += i; }
    }
    assert_eq!(total, 3_i64);
}

#[test]
fn a_variable_may_get_its_first_value() {
    let name: String;
    gc_script! {
        nonlocal name;
        name = "ab" * 2;
    }
    assert_eq!(name, "abab");
}

#[test]
fn the_value_of_a_script_fits_where_it_goes() {
    let length: usize = gc_script! { len("abc") };
    let name: String = gc_script! { "a" + "b" };
    let numbers: Vec<u8> = gc_script! { [n * n for n in range(4)] };
    let missing: Option<i32> = gc_script! { n: int? = None; n };
    let unknown = gc_script! { 1 + 1 };
    let half: u8 = gc_script! { floordiv(length, 2) + length };
    assert_eq!((length, name.as_str(), missing, unknown, half), (3, "ab", None, 2_i64, 4));
    assert_eq!(numbers, [0, 1, 4, 9]);
}

fn parsed(text: &str) -> Result<u16, Exception> {
    gc_script! { raises; int(text) + 1 }
}

#[test]
fn and_so_does_that_of_one_that_raises() {
    assert_eq!(parsed("8").unwrap(), 9);
    assert_eq!(parsed("65535").unwrap_err().to_string(), "65536 does not fit in a 'u16'");
}

#[test]
fn collections_are_assigned_and_read() {
    let mut sizes = vec![1_u32, 2];
    let words = ["to", "be"];
    let printed = capture(|| {
        gc_script! {
            nonlocal sizes;
            print(sizes[0] + 1, sum(sizes), [size * 2 for size in sizes], [word + "!" for word in words]);
            sizes = [7, 8, 9];
            sizes.push(10);
        }
    });
    assert_eq!(sizes, [7, 8, 9, 10]);
    assert_eq!(printed, "2 3 [2, 4] ['to!', 'be!']\n");
}

fn extend(numbers: &mut Vec<i64>, count: usize) {
    numbers.extend((0..count).map(|n| n as i64));
}

fn swap(left: &mut String, right: &mut String) {
    std::mem::swap(left, right);
}

#[test]
fn a_function_changes_a_variable_that_is_named_by_nonlocal() {
    let mut numbers = Vec::new();
    let (mut left, mut right) = ("a".to_owned(), "b".to_owned());
    gc_script! {
        nonlocal numbers, left, right;
        extend(numbers, 3);
        swap(left, right);
    }
    assert_eq!((numbers, left.as_str(), right.as_str()), (vec![0, 1, 2], "b", "a"));
}

#[test]
fn or_a_name_of_the_script() {
    let length: i64 = gc_script! {
        numbers = Vec::new();
        extend(numbers, 2);
        extend(numbers, 3);
        len(numbers)
    };
    assert_eq!(length, 5);
}

#[test]
fn a_mutable_reference_is_what_it_refers_to() {
    fn total(numbers: &mut Vec<i32>, factor: &mut i32) -> i64 {
        gc_script! {
            numbers.push(4);
            sum(numbers) * factor + len(numbers)
        }
    }
    assert_eq!(total(&mut vec![1, 2], &mut 10), 73);
}

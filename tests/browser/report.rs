//! The report of two snapshots, as its readers meet it.

mod browser;

use browser::Page;
use refcycle::inspect::{self, Snapshot};
use refcycle::{Gc, Trace, managed};

#[managed]
struct Tree {
    #[managed(mut)]
    parent: Option<Gc<Tree>>,
    #[managed(mut)]
    children: Vec<Gc<Tree>>,
    #[managed(weak)]
    friend: Option<Gc<Tree>>,
}

#[managed]
struct Noisy {
    #[managed(mut)]
    next: Option<Gc<Noisy>>,
}

#[managed]
impl Noisy {
    fn __del__(&self) {}
}

#[managed]
#[allow(dead_code)]
struct Wrapper<T: Trace>(Option<T>);

/// A type that is called like an element.
#[managed]
#[allow(non_camel_case_types)]
struct i();

/// A heap that grew and shrank, with two cycles.
fn page() -> String {
    let gone: Vec<_> = (0_u64..500).map(Gc::new).collect();
    let kept = Gc::new(String::new());
    let before = Snapshot::take();
    drop(gone);
    inspect::trace_allocations(true);
    let root = Tree::new(None, Vec::new(), None);
    for _ in 0..5 {
        let child = Tree::new(Some(root.clone()), Vec::new(), root.children().last().cloned());
        root.children_mut().push(child);
    }
    let noisy = Noisy::new(None);
    noisy.set_next(Some(noisy.clone()));
    let wrapper: Gc<Wrapper<i>> = Wrapper::new(None);
    let numbers: Vec<_> = (0_u8..200).map(|number| Gc::new(number)).collect();
    let page = inspect::report(&before, &Snapshot::with_retained());
    noisy.set_next(None);
    drop((kept, wrapper, numbers));
    page
}

/// The texts of a column of the first table.
fn column(page: &Page, number: usize) -> Vec<String> {
    page.texts(&format!("[...document.querySelector('tbody').rows].map(row => row.cells[{number}].textContent.trim())"))
}

fn numbers(page: &Page, column_number: usize) -> Vec<i64> {
    let is_mark = |c: char| c == ',' || c == '+';
    column(page, column_number).iter().map(|text| text.replace(is_mark, "").parse().unwrap()).collect()
}

const TYPE: usize = 0;
const OBJECTS: usize = 1;
const CHANGE_OF_BYTES: usize = 4;

fn head(number: usize) -> String {
    format!("(//table)[1]//th[{}]/button", number + 1)
}

fn sort_marks(page: &Page) -> Vec<String> {
    page.texts("[...document.querySelector('table').tHead.rows[0].cells].map(head => head.ariaSort ?? '')")
}

#[test]
fn what_grew_most_is_on_top() {
    let page = Page::open(&page());
    assert!(numbers(&page, CHANGE_OF_BYTES).is_sorted_by(|a, b| a >= b));
    assert_eq!(sort_marks(&page)[CHANGE_OF_BYTES], "descending");
}

#[test]
fn a_click_on_a_heading_sorts_by_it_and_another_turns_it_around() {
    let page = Page::open(&page());
    let count = column(&page, TYPE).len();
    page.click(&head(OBJECTS));
    assert!(numbers(&page, OBJECTS).is_sorted_by(|a, b| a >= b), "{:?}", numbers(&page, OBJECTS));
    assert_eq!(sort_marks(&page).iter().filter(|mark| !mark.is_empty()).count(), 1);
    page.click(&head(OBJECTS));
    assert!(numbers(&page, OBJECTS).is_sorted());
    assert_eq!(sort_marks(&page)[OBJECTS], "ascending");
    page.click(&head(TYPE));
    assert_eq!(column(&page, TYPE), ["Noisy", "String", "Tree", "u64", "u8", "Wrapper<i>"]);
    assert_eq!(sort_marks(&page)[TYPE], "ascending");
    assert_eq!(column(&page, TYPE).len(), count, "rows move, and none is lost");
}

#[test]
fn a_heading_works_from_the_keyboard() {
    let page = Page::open(&page());
    page.press(&head(OBJECTS), "\u{E007}");
    assert_eq!(sort_marks(&page)[OBJECTS], "descending");
}

#[test]
fn rows_say_what_there_is_and_what_changed() {
    let page = Page::open(&page());
    let row = |name: &str| {
        let find = format!("row => row.cells[0].textContent.trim() === '{name}'");
        page.texts(&format!(
            "[...[...document.querySelector('tbody').rows].find({find}).cells].map(cell => cell.textContent.trim())"
        ))
    };
    assert_eq!(row("u8")[..5], ["u8", "200", "+200", "6,400", "+6,400"]);
    assert_eq!(row("u64")[..5], ["u64", "0", "-500", "0", "-16,000"]);
    assert_eq!(row("String")[1..3], ["1", "0"]);
    let cards = page.texts("[...document.querySelectorAll('dl div')].map(card => card.innerText.replace(/\\s+/, ' '))");
    assert_eq!(cards[..2], ["objects 209", "change -292"]);
}

#[test]
fn bars_are_as_long_as_the_change_is_large() {
    let page = Page::open(&page());
    let width = |name: &str| {
        let row = format!(
            "[...document.querySelector('tbody').rows].find(row => row.cells[0].textContent.trim() === '{name}')"
        );
        page.eval(&format!("{row}.querySelector('.bar').getBoundingClientRect().width")).as_f64().unwrap()
    };
    let ratio = width("u8") / width("u64");
    assert!((0.39..0.42).contains(&ratio), "6,400 of 16,000, not {ratio}");
    assert!(width("u64") > 100.0);
    assert_eq!(page.eval("document.querySelectorAll('tbody .less').length"), 1);
}

#[test]
fn the_places_where_objects_were_made_are_listed() {
    let page = Page::open(&page());
    let places =
        page.texts("[...document.querySelectorAll('table')[1].tBodies[0].rows].map(row => row.cells[0].textContent)");
    assert!(!places.is_empty() && places.iter().all(|place| place.contains("report.rs:")), "{places:?}");
}

#[test]
fn nothing_is_loaded_and_nothing_complains() {
    let page = Page::open(&page());
    page.click(&head(OBJECTS));
    let requests = page.requests();
    assert!(requests.len() == 1 && requests[0].ends_with("/report.html"), "{requests:?}");
    assert_eq!(page.console(), Vec::<serde_json::Value>::new());
}

#[test]
fn names_are_text_whatever_they_look_like() {
    let page = Page::open(&page());
    assert!(column(&page, TYPE).contains(&"Wrapper<i>".to_owned()));
    assert_eq!(page.eval("document.querySelectorAll('i, script').length"), 1, "the page's own script");
}

/// A list of `[left, top, right, bottom]` of the elements in a picture.
fn areas(page: &Page, selector: &str) -> Vec<[f64; 4]> {
    let found = page.eval(&format!(
        "[...document.querySelectorAll('svg.graph')].flatMap(svg => [...svg.querySelectorAll('{selector}')]).map(e => \
         {{ const r = e.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom] }})"
    ));
    serde_json::from_value(found).unwrap()
}

fn is_within([left, top, right, bottom]: [f64; 4], outer: &[f64; 4]) -> bool {
    outer[0] <= left && outer[1] <= top && right <= outer[2] && bottom <= outer[3]
}

#[test]
fn cycles_are_drawn() {
    let page = Page::open(&page());
    assert_eq!(page.eval("document.querySelector('h2:last-of-type').textContent"), "Cycles: 2");
    assert_eq!(page.eval("document.querySelectorAll('svg.graph').length"), 2);
    let advice = page.texts("[...document.querySelectorAll('h3 code')].map(code => code.textContent)");
    assert_eq!(advice, ["Tree.parent", "Noisy.next"]);
    let labels = page.texts("[...document.querySelectorAll('.graph .label')].map(label => label.textContent)");
    for label in ["parent", "children[0]", "friend", "next"] {
        assert!(labels.iter().any(|text| text == label), "{label} in {labels:?}");
    }
    assert_eq!(page.eval("document.querySelectorAll('.graph g > .box.del').length"), 1);
    assert_eq!(page.eval("document.querySelectorAll('.graph g > .box.root').length"), 2);
}

#[test]
fn texts_fit_into_their_boxes_and_pictures_into_their_frames() {
    let page = Page::open(&page());
    let pictures = page.eval(
        "[...document.querySelectorAll('svg.graph')].map(svg => \
        [...svg.querySelectorAll('text, .box, .head')].every(e => { \
            const r = e.getBoundingClientRect(), s = svg.getBoundingClientRect(); \
            return s.left <= r.left && s.top <= r.top && r.right <= s.right && r.bottom <= s.bottom }))",
    );
    assert_eq!(pictures, serde_json::json!([true, true]));
    let boxes = areas(&page, "g > .box");
    for text in areas(&page, "g > .box ~ text") {
        assert!(boxes.iter().any(|area| is_within(text, area)), "{text:?} in {boxes:?}");
    }
    for (index, one) in boxes.iter().enumerate() {
        for other in &boxes[..index] {
            assert!(one[0] >= other[2] || other[0] >= one[2] || one[1] >= other[3] || other[1] >= one[3]);
        }
    }
}

/// How much an element's color stands out from the page's.
fn contrast(page: &Page, selector: &str, property: &str) -> f64 {
    let light = "c => { const [r, g, b] = c.match(/[\\d.]+/g).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : \
                 ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b }";
    let found = page.eval(&format!(
        "(() => {{ const light = {light}; \
         const text = light(getComputedStyle(document.querySelector('{selector}')).{property}); \
         const page = light(getComputedStyle(document.body).backgroundColor); \
         return (Math.max(text, page) + 0.05) / (Math.min(text, page) + 0.05) }})()"
    ));
    found.as_f64().unwrap()
}

#[test]
fn it_can_be_read_by_day_and_by_night() {
    let page = Page::open(&page());
    for scheme in ["light", "dark"] {
        page.prefer(scheme);
        for (selector, property) in
            [("td", "color"), ("dt", "color"), (".graph .box ~ text", "fill"), (".graph .label", "fill")]
        {
            let contrast = contrast(&page, selector, property);
            assert!(contrast >= 4.5, "{selector} on a {scheme} page: {contrast}");
        }
    }
    assert_eq!(page.eval("getComputedStyle(document.body).backgroundColor"), "rgb(26, 27, 30)");
}

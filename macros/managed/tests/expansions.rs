//! Snapshots: `expansions/*.txt` hold an item and, below a line of `=`, its expansion. `UPDATE_EXPANSIONS=1` writes them
//! anew.

use std::path::Path;
use std::{env, fs};

use super::expand;

const LINE: &str = "\n========================================\n\n";

#[test]
fn expansions_are_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("managed/tests/expansions");
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the folder of snapshots") {
        let path = entry.expect("a readable folder").path();
        let recorded = fs::read_to_string(&path).expect("a readable snapshot");
        let source = recorded.split(LINE).next().unwrap_or_default().trim_end();
        let (output, errors) = expand(source);
        assert!(errors.is_empty(), "{}: {errors:?}", path.display());
        let file = syn::parse2(output).expect("the expansion parses");
        let found = format!("{source}\n{LINE}{}", prettyplease::unparse(&file));
        count += 1;
        if env::var_os("UPDATE_EXPANSIONS").is_some() {
            fs::write(&path, found).expect("a writable snapshot");
            continue;
        }
        assert_eq!(
            found,
            recorded,
            "{} is not as recorded; look at the difference with UPDATE_EXPANSIONS=1",
            path.display()
        );
    }
    assert!(count >= 12, "only {count} snapshots were found");
}

//! A long-lived structure with cyclic churn: live part intact, dead part exactly collected, many rounds.

use super::python::*;

golden!("183_cycle_growing_and_pruning");

thread_local! {
    static ALIVE: Cell<usize> = const { Cell::new(0) };
}

#[managed(new = from_fields)]
struct GridCell {
    row: usize,
    col: usize,
    #[managed(mut)]
    near: Vec<Gc<GridCell>>,
}

impl GridCell {
    fn new(row: usize, col: usize) -> Gc<Self> {
        ALIVE.set(ALIVE.get() + 1);
        GridCell::from_fields(row, col, vec![])
    }
}

#[managed]
impl GridCell {
    fn __del__(&self) {
        ALIVE.set(ALIVE.get() - 1);
    }
}

#[managed]
struct Grid {
    width: usize,
    #[managed(mut, default)]
    rows: Vec<Vec<Gc<GridCell>>>,
    #[managed(mut, default)]
    made: usize,
}

fn connect(a: &Gc<GridCell>, b: &Gc<GridCell>) {
    a.near_mut().push(b.clone());
    b.near_mut().push(a.clone());
}

impl Grid {
    fn add_row(&self) {
        let mut row: Vec<Gc<GridCell>> = Vec::new();
        for c in 0..self.width {
            let cell = GridCell::new(self.made(), c);
            if c > 0 {
                connect(&cell, &row[c - 1]);
            }
            if let Some(last) = self.rows().last() {
                connect(&cell, &last[c]);
            }
            row.push(cell);
        }
        self.rows_mut().push(row);
        self.set_made(self.made() + 1);
    }

    fn drop_first(&self) {
        let first = self.rows()[0][0].row;
        if let Some(second) = self.rows().get(1) {
            for cell in second {
                cell.near_mut().retain(|n| n.row != first);
            }
        }
        self.rows_mut().remove(0);
    }

    fn degree(&self) -> usize {
        self.rows().iter().flatten().map(|cell| cell.near().len()).sum()
    }
}

fn main() {
    gc::collect();
    gc::disable();
    let g = Grid::new(5);
    for _ in 0..4 {
        g.add_row();
    }
    out!("alive {} degree {}", ALIVE.get(), g.degree());
    for i in 0..20 {
        g.add_row();
        g.drop_first();
        if i % 5 == 4 {
            let before = ALIVE.get();
            gc::collect();
            out!("round {i} alive {before} -> {} degree {}", ALIVE.get(), g.degree());
        }
    }
    drop(g);
    gc::collect();
    out!("alive {}", ALIVE.get());
}

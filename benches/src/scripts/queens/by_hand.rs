//! As Rust with a `#[managed]` type.

use refcycle::{Gc, managed};

#[managed]
struct Board {
    size: usize,
    #[managed(mut)]
    columns: Vec<bool>,
    #[managed(mut)]
    rising: Vec<bool>,
    #[managed(mut)]
    falling: Vec<bool>,
    #[managed(mut, default)]
    queens: Vec<usize>,
}

impl Board {
    fn empty(size: usize) -> Gc<Self> {
        let diagonals = vec![false; 2 * size - 1];
        Board::new(size, vec![false; size], diagonals.clone(), diagonals)
    }

    fn is_free(&self, column: usize) -> bool {
        let row = self.queens().len();
        !(self.columns()[column] || self.rising()[row + column] || self.falling()[row + self.size - 1 - column])
    }

    fn set(&self, row: usize, column: usize, taken: bool) {
        self.columns_mut()[column] = taken;
        self.rising_mut()[row + column] = taken;
        self.falling_mut()[row + self.size - 1 - column] = taken;
    }

    fn place(&self, column: usize) {
        self.set(self.queens().len(), column, true);
        self.queens_mut().push(column);
    }

    fn take_back(&self) {
        let column = self.queens_mut().pop().expect("a queen was placed");
        self.set(self.queens().len(), column, false);
    }
}

fn solutions(board: &Board) -> i64 {
    if board.queens().len() == board.size {
        return 1;
    }
    let mut found = 0;
    for column in 0..board.size {
        if board.is_free(column) {
            board.place(column);
            found += solutions(board);
            board.take_back();
        }
    }
    found
}

pub fn run(times: i64) -> i64 {
    (0..times).map(|_| solutions(&Board::empty(8))).sum()
}

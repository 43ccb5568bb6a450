use refcycle::managed;


#[managed]
union Bits {
    a: u32,
    b: f32,
}

fn main() {}

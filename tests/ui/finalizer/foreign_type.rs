use refcycle::managed;


#[managed]
impl Vec<u8> {
    fn __del__(&self) {}
}

fn main() {}

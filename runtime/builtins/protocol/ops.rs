//! The operators, one trait each.

use crate::builtins::Result;

macro_rules! binary {
    ($($trait:ident $method:ident $operator:literal $message:literal;)+) => {
        $(
            #[doc = concat!("Values that have `", $operator, "` with an `R` on the right.")]
            #[diagnostic::on_unimplemented(message = $message, label = "no such operation on these types")]
            pub trait $trait<R: ?Sized = Self> {
                /// The type of the result.
                type Output;

                #[doc = concat!("`self ", $operator, " other`")]
                fn $method(&self, other: &R) -> Result<Self::Output>;
            }
        )+
    };
}

binary! {
    Add add "+" "unsupported operand types for `+`: `{Self}` and `{R}`";
    Sub sub "-" "unsupported operand types for `-`: `{Self}` and `{R}`";
    Mul mul "*" "unsupported operand types for `*`: `{Self}` and `{R}`";
    TrueDiv truediv "/" "unsupported operand types for `/`: `{Self}` and `{R}`";
    FloorDiv floordiv "floordiv()" "unsupported operand types for `floordiv()`: `{Self}` and `{R}`";
    Mod rem "%" "unsupported operand types for `%`: `{Self}` and `{R}`";
    Pow pow "**" "unsupported operand types for `**`: `{Self}` and `{R}`";
    And and "&" "unsupported operand types for `&`: `{Self}` and `{R}`";
    Or or "|" "unsupported operand types for `|`: `{Self}` and `{R}`";
    Xor xor "^" "unsupported operand types for `^`: `{Self}` and `{R}`";
    Shl shl "<<" "unsupported operand types for `<<`: `{Self}` and `{R}`";
    Shr shr ">>" "unsupported operand types for `>>`: `{Self}` and `{R}`";
}

macro_rules! in_place {
    ($($trait:ident $method:ident $operator:literal $message:literal;)+) => {
        $(
            #[doc = concat!("Values that have `", $operator, "` with an `R` on the right.")]
            #[diagnostic::on_unimplemented(message = $message, label = "no such operation on these types")]
            pub trait $trait<R: ?Sized = Self>: Sized {
                #[doc = concat!("What the name is bound to after `self ", $operator, " other`: a changed container is itself.")]
                fn $method(&self, other: &R) -> Result<Self>;
            }
        )+
    };
}

in_place! {
    IAdd iadd "+=" "unsupported operand types for `+=`: `{Self}` and `{R}`";
    ISub isub "-=" "unsupported operand types for `-=`: `{Self}` and `{R}`";
    IMul imul "*=" "unsupported operand types for `*=`: `{Self}` and `{R}`";
    ITrueDiv itruediv "/=" "unsupported operand types for `/=`: `{Self}` and `{R}`";
    IFloorDiv ifloordiv "floordiv()" "unsupported operand types for `floordiv()`: `{Self}` and `{R}`";
    IMod irem "%=" "unsupported operand types for `%=`: `{Self}` and `{R}`";
    IPow ipow "**=" "unsupported operand types for `**=`: `{Self}` and `{R}`";
    IAnd iand "&=" "unsupported operand types for `&=`: `{Self}` and `{R}`";
    IOr ior "|=" "unsupported operand types for `|=`: `{Self}` and `{R}`";
    IXor ixor "^=" "unsupported operand types for `^=`: `{Self}` and `{R}`";
    IShl ishl "<<=" "unsupported operand types for `<<=`: `{Self}` and `{R}`";
    IShr ishr ">>=" "unsupported operand types for `>>=`: `{Self}` and `{R}`";
}

macro_rules! unary {
    ($($trait:ident $method:ident $operator:literal $message:literal;)+) => {
        $(
            #[doc = concat!("Values that have the unary operator `", $operator, "`.")]
            #[diagnostic::on_unimplemented(message = $message)]
            pub trait $trait {
                /// The type of the result.
                type Output;

                #[doc = concat!("`", $operator, "self`")]
                fn $method(&self) -> Result<Self::Output>;
            }
        )+
    };
}

unary! {
    Neg neg "-" "bad operand type for unary `-`: `{Self}`";
    Pos pos "+" "bad operand type for unary `+`: `{Self}`";
    Invert invert "~" "bad operand type for unary `~`: `{Self}`";
}

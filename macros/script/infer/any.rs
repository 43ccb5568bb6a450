//! `any`: what is only known when the program runs.

use proc_macro2::Span;

use super::call::Arguments;
use super::{Infer, Plan, Target};
use crate::script::kind::Kind;

impl Infer<'_> {
    /// A call whose parameters are looked up when it is made.
    pub fn call_any(&mut self, target: Target, args: Arguments<'_>) -> Plan {
        self.loose(&args);
        for arg in args.iter() {
            let kind = self.kinds[arg.value.id].clone();
            self.flow(&kind, &Kind::any());
        }
        Plan { result: Kind::any(), ..Plan::loose(target) }
    }

    /// Operators need types.
    pub fn no_any_operator(&mut self, operator: &str, span: Span) {
        let text = format!(
            "`{operator}` needs to know what an `any` is\nhelp: give it a type first: `n: int = …;`, or ask `if isinstance(x, int) {{ … }}`"
        );
        self.error(span, text);
    }

    /// Types that nothing else says are `any` where an `any` takes them: the items of `[]`.
    pub fn forget(&mut self, kind: &Kind) {
        match self.shallow(kind) {
            Kind::Var(_) if !self.speaking => {}
            kind @ Kind::Var(_) => self.flow(&kind, &Kind::any()),
            Kind::Named(_, args) => args.iter().for_each(|arg| self.forget(arg)),
            Kind::Optional(inner) => self.forget(&inner),
            Kind::Function(params, result) => {
                params.iter().for_each(|param| self.forget(param));
                self.forget(&result);
            }
            _ => {}
        }
    }
}

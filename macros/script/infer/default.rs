//! Values that are made once: defaults of parameters, class attributes.

use super::{Frame, Infer};
use crate::script::kind::Kind;
use crate::script::message;
use crate::script::model::Signature;
use crate::script::tree::{Expr, ExprKind, Function};

impl Infer<'_> {
    /// The defaults of a function: they belong to the place where its `def` stands.
    pub fn defaults(&mut self, function: &Function, class: Option<&str>, signature: &Signature) {
        let class = class.and_then(|class| self.model.classes.get(class));
        let mut generics = class.map_or(Vec::new(), |class| class.generics.clone());
        generics.extend(signature.generics.iter().cloned());
        let params = function.params.iter().filter_map(|param| Some((param, param.default.as_ref()?)));
        for (param, value) in params {
            let name = param.name.to_string();
            let known = signature.params.iter().find(|known| known.name == name);
            let kind = known.map_or(Kind::Unknown, |known| known.kind.clone());
            let found = match self.scopes.is_closure(function.id) {
                true => self.given(value, &kind),
                false => self.made_once(value, &kind),
            };
            // `None` is told with the name of its parameter.
            if !matches!(value.kind, ExprKind::None) {
                self.fits(&found, &kind, value);
            }
            let is_generic = generics.iter().any(|generic| kind.mentions(generic));
            self.check_default(function, &name, value, &kind, is_generic);
        }
    }

    /// A value that no call makes: nothing around it handles what it raises.
    pub fn made_once(&mut self, value: &Expr, kind: &Kind) -> Kind {
        let frame = Frame { made_once: true, no_yield: Some(message::YIELD_OUTSIDE), ..Frame::default() };
        let frame = std::mem::replace(&mut self.frame, frame);
        let found = self.given(value, kind);
        self.frame = frame;
        found
    }

    fn given(&mut self, value: &Expr, kind: &Kind) -> Kind {
        let found = self.expr(value, Some(kind));
        self.flow(&found, kind);
        found
    }

    fn check_default(&mut self, function: &Function, name: &str, value: &Expr, kind: &Kind, is_generic: bool) {
        let inner = kind.unwrapped();
        if matches!(value.kind, ExprKind::None)
            && !matches!(kind, Kind::Optional(_) | Kind::None | Kind::Unknown)
            && !kind.is("any")
        {
            let text =
                format!("`{name}` is a `{kind}`, and its default is `None`\nhelp: write `{name}: {kind}? = None`");
            self.error(value.span, text);
        }
        if let Some(container) = value.new_container().filter(|_| !function.shares) {
            let text = format!(
                "all calls that don't give `{name}` share this one {container}\nhelp: write `{name}: {inner}? = None`, and `if {name} is None {{ {name} = …; }}`; if sharing is meant, put `#[allow(mutable_default)]` before the `def`"
            );
            self.error(value.span, text);
            return;
        }
        if is_generic && !value.is_literal() {
            let text = format!(
                "the default of `{name}` would have another type for each `{kind}`, so it can't be made once\nhelp: write `{name}: {inner}? = None`, and `if {name} is None {{ {name} = …; }}`"
            );
            self.error(value.span, text);
        }
    }
}

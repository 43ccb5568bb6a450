//! Whether the cases of a `match` take whatever its subject is.

use super::Infer;
use crate::script::kind::Kind;
use crate::script::tree::{Case, Expr, ExprKind, Pattern, PatternKind};

impl Infer<'_> {
    /// Whether one of the cases is always run.
    pub fn exhausts(&self, cases: &[Case], subject: &Kind) -> bool {
        let mut patterns = Vec::new();
        cases.iter().filter(|case| case.guard.is_none()).for_each(|case| choices(&case.pattern, &mut patterns));
        self.covers(&patterns, subject)
    }

    fn covers(&self, patterns: &[&Pattern], kind: &Kind) -> bool {
        if patterns.iter().any(|pattern| matches!(pattern.kind, PatternKind::Wildcard | PatternKind::Capture(_))) {
            return true;
        }
        let gives = |wanted: fn(&Expr) -> bool| {
            patterns.iter().any(|pattern| matches!(&pattern.kind, PatternKind::Value(value) if wanted(value)))
        };
        match self.shallow(kind) {
            Kind::None => gives(|value| matches!(value.kind, ExprKind::None)),
            Kind::Optional(inner) => {
                gives(|value| matches!(value.kind, ExprKind::None)) && self.covers(patterns, &inner)
            }
            kind if kind.is("bool") => {
                gives(|value| matches!(value.kind, ExprKind::True))
                    && gives(|value| matches!(value.kind, ExprKind::False))
            }
            kind if kind.is("tuple") => patterns.iter().any(|pattern| self.covers_tuple(pattern, kind.args())),
            kind if kind.is("list") || kind.is("tuple...") => self.covers_lengths(patterns, &kind.args()[0]),
            Kind::Named(name, _) => patterns.iter().any(|pattern| self.covers_class(pattern, &name)),
            _ => false,
        }
    }

    fn covers_tuple(&self, pattern: &Pattern, items: &[Kind]) -> bool {
        let PatternKind::Sequence(parts) = &pattern.kind else { return false };
        if has_rest(parts) {
            return parts.len() <= items.len() + 1 && parts.iter().all(|part| self.covers_part(part, &Kind::Unknown));
        }
        parts.len() == items.len() && parts.iter().zip(items).all(|(part, kind)| self.covers_part(part, kind))
    }

    fn covers_part(&self, part: &Pattern, kind: &Kind) -> bool {
        let mut patterns = Vec::new();
        choices(part, &mut patterns);
        matches!(part.kind, PatternKind::Rest(_)) || self.covers(&patterns, kind)
    }

    /// Whether there is a pattern for each length: `[]`, `[x]` and `[x, y, *rest]`, say.
    fn covers_lengths(&self, patterns: &[&Pattern], item: &Kind) -> bool {
        let all = patterns.iter().filter_map(|pattern| match &pattern.kind {
            PatternKind::Sequence(parts) if parts.iter().all(|part| self.covers_part(part, item)) => Some(parts),
            _ => None,
        });
        let (open, closed): (Vec<_>, Vec<_>) = all.partition(|parts| has_rest(parts));
        let Some(shortest) = open.iter().map(|parts| parts.len() - 1).min() else { return false };
        (0..shortest).all(|length| closed.iter().any(|parts| parts.len() == length))
    }

    fn covers_class(&self, pattern: &Pattern, subject: &str) -> bool {
        let PatternKind::Class { class, positional, keywords } = &pattern.kind else { return false };
        let ExprKind::Name(name) = &class.kind else { return false };
        let name = name.to_string();
        (subject == name || self.model.is_subclass(subject, &name))
            && positional.iter().all(|part| self.covers_part(part, &Kind::Unknown))
            && keywords.iter().all(|(_, part)| self.covers_part(part, &Kind::Unknown))
    }
}

/// The patterns of which one must match.
fn choices<'p>(pattern: &'p Pattern, found: &mut Vec<&'p Pattern>) {
    match &pattern.kind {
        PatternKind::Or(patterns) => patterns.iter().for_each(|pattern| choices(pattern, found)),
        PatternKind::As(inner, _) => choices(inner, found),
        _ => found.push(pattern),
    }
}

pub fn has_rest(parts: &[Pattern]) -> bool {
    parts.iter().any(|part| matches!(part.kind, PatternKind::Rest(_)))
}

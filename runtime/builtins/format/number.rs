//! Laying out a number: sign, prefix, grouped digits, and what follows them.

use super::spec::{Align, Spec};

/// The parts of a number that is to be laid out.
pub(super) struct Number<'a> {
    pub negative: bool,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// The digits before the point; or the name of what isn't finite.
    pub digits: &'a str,
    /// Point, fraction, exponent, percent sign.
    pub rest: &'a str,
    /// How many digits make a group; None for what isn't finite.
    pub group: Option<usize>,
}

impl Number<'_> {
    pub fn write(&self, out: &mut String, spec: &Spec) {
        let sign = match (self.negative, spec.sign) {
            (true, _) => "-",
            (false, Some('+')) => "+",
            (false, Some(' ')) => " ",
            (false, _) => "",
        };
        let around = sign.len() + self.prefix.len() + self.rest.chars().count();
        let pads_with_zeros = spec.fill == '0' && spec.align == Align::AfterSign;
        let wanted = if pads_with_zeros { spec.width.saturating_sub(around) } else { 0 };
        let digits = self.grouped(spec.grouping, wanted);
        let missing = spec.width.saturating_sub(around + digits.len());
        let (before, inside, after) = match spec.align {
            Align::Left => (0, 0, missing),
            Align::Right => (missing, 0, 0),
            Align::Center => (missing / 2, 0, missing - missing / 2),
            Align::AfterSign => (0, missing, 0),
        };
        let pad = |out: &mut String, count| out.extend(core::iter::repeat_n(spec.fill, count));
        pad(out, before);
        out.push_str(sign);
        out.push_str(self.prefix);
        pad(out, inside);
        out.push_str(&digits);
        out.push_str(self.rest);
        pad(out, after);
    }

    /// The digits in groups, with as many zeros in front as it takes to be `wanted` characters long. A separator never
    /// comes first, so the result may be one longer.
    fn grouped(&self, separator: Option<char>, wanted: usize) -> String {
        let (Some(separator), Some(group)) = (separator, self.group) else {
            return self.digits.to_owned();
        };
        let length = |digits: usize| digits + digits.saturating_sub(1) / group;
        let mut count = self.digits.len();
        if length(count) < wanted {
            // Each group of digits takes one character more than it has digits; the last has no separator.
            count = count.max(wanted - wanted / (group + 1));
            if length(count) < wanted {
                count += 1;
            }
        }
        let zeros = count - self.digits.len();
        let mut out = String::with_capacity(length(count));
        for (i, digit) in core::iter::repeat_n('0', zeros).chain(self.digits.chars()).enumerate() {
            if i > 0 && (count - i).is_multiple_of(group) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(digits: &str, wanted: usize) -> String {
        Number { negative: false, prefix: "", digits, rest: "", group: Some(3) }.grouped(Some(','), wanted)
    }

    #[test]
    fn groups_are_counted_from_the_point() {
        assert_eq!(grouped("1", 0), "1");
        assert_eq!(grouped("123", 0), "123");
        assert_eq!(grouped("1234567", 0), "1,234,567");
    }

    #[test]
    fn zeros_in_front_are_grouped_too() {
        let widths = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map(|wanted| grouped("1234", wanted));
        assert_eq!(
            widths,
            [
                "1,234",
                "1,234",
                "01,234",
                "001,234",
                "0,001,234",
                "0,001,234",
                "00,001,234",
                "000,001,234",
                "0,000,001,234",
                "0,000,001,234"
            ]
        );
    }
}

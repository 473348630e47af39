//! Sums, shares and percentages of amounts, to the cent.

use rust_decimal::Decimal;

/// A sum or product beyond what 64 bits of minor units hold; both operands are kept for the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overflow {
    pub left: i128,
    pub right: i128,
}

fn overflow(left: impl Into<i128>, right: impl Into<i128>) -> Overflow {
    Overflow { left: left.into(), right: right.into() }
}

/// `a + b`, or the overflow with both operands.
pub fn add(a: i64, b: i64) -> Result<i64, Overflow> {
    a.checked_add(b).ok_or_else(|| overflow(a, b))
}

/// `a - b`, or the overflow with both operands.
pub fn sub(a: i64, b: i64) -> Result<i64, Overflow> {
    a.checked_sub(b).ok_or_else(|| overflow(a, b))
}

/// The sum of amounts of one currency; on overflow, what was reached and what would not go on top. Amounts of both
/// signs may pass the limit on the way as long as the sum itself fits.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64, Overflow> {
    let (mut total, mut before, mut last) = (0_i128, 0_i128, 0_i64);
    for amount in amounts {
        before = total;
        last = amount;
        total = total.checked_add(amount.into()).ok_or_else(|| overflow(total, amount))?;
    }
    i64::try_from(total).map_err(|_| overflow(before, last))
}

/// Splits an amount in proportion to the weights so that the parts add up to it, to the cent: each gets its share
/// rounded towards zero, and what is left goes unit by unit to the largest remainders, of equal ones to the earlier
/// part. A weight below 0 counts as 0; if none is above 0 there is no proportion and the first part takes it all.
pub fn split(amount: i64, weights: &[Decimal]) -> Result<Vec<i64>, Overflow> {
    let mut weights = whole_weights(amount, weights)?;
    let mut total = 0_i128;
    for weight in &weights {
        total = total.checked_add(*weight).ok_or_else(|| overflow(total, *weight))?;
    }
    if total == 0 {
        if let Some(first) = weights.first_mut() {
            *first = 1;
        }
        total = 1;
    }
    let size = i128::from(amount).abs();
    let mut shares = Vec::with_capacity(weights.len());
    for (index, weight) in weights.iter().enumerate() {
        let product = size.checked_mul(*weight).ok_or_else(|| overflow(amount, *weight))?;
        shares.push((product % total, index, product / total));
    }
    let given: i128 = shares.iter().map(|(_, _, share)| share).sum();
    shares.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let left = usize::try_from(size - given).map_err(|_| overflow(size, given))?;
    for share in shares.iter_mut().take(left) {
        share.2 += 1;
    }
    shares.sort_by_key(|share| share.1);
    let sign = i128::from(amount.signum());
    shares
        .into_iter()
        .map(|(_, _, share)| i64::try_from(share * sign).map_err(|_| overflow(share, sign)))
        .collect()
}

/// The weights as whole numbers of one scale, so that shares are exact.
fn whole_weights(amount: i64, weights: &[Decimal]) -> Result<Vec<i128>, Overflow> {
    let weights: Vec<Decimal> = weights.iter().map(|w| w.normalize().max(Decimal::ZERO)).collect();
    let scale = weights.iter().map(Decimal::scale).max().unwrap_or(0);
    weights
        .iter()
        .map(|weight| {
            10_i128
                .checked_pow(scale - weight.scale())
                .and_then(|factor| weight.mantissa().checked_mul(factor))
                .ok_or_else(|| overflow(amount, weight.mantissa()))
        })
        .collect()
}

/// `percent` per cent of an amount, rounded half away from zero, so that a credit mirrors its bill.
pub fn percent(amount: i64, percent: Decimal) -> Result<i64, Overflow> {
    let percent = percent.normalize();
    let mantissa = percent.mantissa();
    let product = mantissa.checked_mul(amount.into()).ok_or_else(|| overflow(amount, mantissa))?;
    let unit = 10_i128.pow(percent.scale() + 2);
    let half_up = i128::from((product % unit).abs() >= unit / 2);
    i64::try_from(product / unit + half_up * product.signum())
        .map_err(|_| overflow(amount, mantissa))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn decimals(weights: &[&str]) -> Vec<Decimal> {
        weights.iter().map(|w| w.parse().unwrap()).collect()
    }

    #[rstest]
    #[case(100, &["1", "1", "1"], &[34, 33, 33])]
    #[case(-100, &["1", "1", "1"], &[-34, -33, -33])]
    #[case(100, &["30", "60", "10"], &[30, 60, 10])]
    #[case(1, &["50", "50"], &[1, 0])]
    #[case(10, &["0.15", "0.85"], &[2, 8])]
    #[case(7, &["0", "0"], &[7, 0])]
    #[case(7, &["-5", "1"], &[0, 7])]
    #[case(7, &[], &[])]
    fn parts_by_largest_remainder(
        #[case] amount: i64,
        #[case] weights: &[&str],
        #[case] parts: &[i64],
    ) {
        assert_eq!(split(amount, &decimals(weights)).unwrap(), parts);
    }

    #[rstest]
    #[case(100_000, "30", 30_000)]
    #[case(101, "50", 51)]
    #[case(-101, "50", -51)]
    #[case(100, "33.333", 33)]
    #[case(100_000_000, "0.05", 50_000)]
    fn percentages(#[case] amount: i64, #[case] rate: &str, #[case] expected: i64) {
        assert_eq!(percent(amount, rate.parse().unwrap()), Ok(expected));
    }

    #[test]
    fn overflow_names_both_operands() {
        let refused = Overflow { left: i64::MAX.into(), right: 1 };
        assert_eq!(add(i64::MAX, 1), Err(refused));
        assert_eq!(sum([i64::MAX, 1]), Err(refused));
        assert_eq!(sum([i64::MAX, 1, -1]), Ok(i64::MAX));
        assert_eq!(sub(i64::MIN, 1).unwrap_err().right, 1);
        assert!(percent(i64::MAX, Decimal::from(101)).is_err());
        assert!(split(i64::MAX, &[Decimal::MAX, Decimal::ONE]).is_err());
        assert_eq!(split(i64::MIN, &[Decimal::ONE]), Ok(vec![i64::MIN]));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_cent(
            amount in any::<i64>(),
            weights in prop::collection::vec((0_i64..1_000_000, 0_u32..6), 1..12),
        ) {
            let weights: Vec<Decimal> = weights.into_iter().map(|(m, s)| Decimal::new(m, s)).collect();
            let parts = split(amount, &weights).unwrap();
            prop_assert_eq!(parts.len(), weights.len());
            prop_assert_eq!(sum(parts.iter().copied()), Ok(amount));
            prop_assert!(parts.iter().all(|p| p.signum() * amount.signum() >= 0));
        }
    }
}

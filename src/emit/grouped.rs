//! Things in order of the entity that each belongs to.

/// The numbers of things, grouped by their owner and in order within each group.
///
/// Owners are small numbers, so the places are counted out and nothing is compared.
#[derive(Default)]
pub(super) struct Grouped {
    /// Where each owner's group ends in `order`. Both are as long as they ever had to be.
    ends: Vec<u32>,
    order: Vec<u32>,
}

impl Grouped {
    /// Groups things by their owners, of which there are `count`; things without an owner belong to none.
    pub fn group(&mut self, count: usize, owners: impl Iterator<Item = u32> + Clone) {
        self.ends.resize(self.ends.len().max(count), 0);
        let ends = &mut self.ends[..count];
        ends.fill(0);
        let mut owned = 0;
        for owner in owners.clone() {
            if let Some(size) = ends.get_mut(owner as usize) {
                *size += 1;
                owned += 1;
            }
        }
        if owned == 0 {
            return;
        }
        let mut before = 0;
        for size in ends.iter_mut() {
            (*size, before) = (before, before + *size);
        }
        self.order.resize(self.order.len().max(owned), 0);
        for (number, owner) in owners.enumerate() {
            if let Some(place) = ends.get_mut(owner as usize) {
                self.order[*place as usize] = number as u32;
                *place += 1;
            }
        }
    }

    /// The things of an owner.
    #[inline]
    pub fn of(&self, owner: u32) -> &[u32] {
        let owner = owner as usize;
        let begin = if owner == 0 { 0 } else { self.ends[owner - 1] };
        &self.order[begin as usize..self.ends[owner] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_owner_has_its_things_in_order() {
        let mut grouped = Grouped::default();
        for owners in [&[2, 0, 2, u32::MAX, 0, 3][..], &[u32::MAX], &[], &[1, 1]] {
            grouped.group(4, owners.iter().copied());
            for owner in 0..4 {
                let own: Vec<u32> = (0..owners.len() as u32).filter(|&i| owners[i as usize] == owner).collect();
                assert_eq!(grouped.of(owner), own, "{owners:?}");
            }
        }
    }
}

//! Things in order of the entity that each belongs to.

/// The numbers of things, linked by their owner and in order within each group. Both are as long as they ever had to be.
#[derive(Default)]
pub(super) struct Grouped {
    /// By owner: its first thing.
    first: Vec<u32>,
    /// By thing: the next one of its owner.
    next: Vec<u32>,
}

/// There is none, or none more.
const END: u32 = u32::MAX;

impl Grouped {
    /// Groups `things` by their owners, of which there are `count`; things without an owner belong to none.
    pub fn group<T>(&mut self, count: usize, things: &[T], owner: impl Fn(&T) -> u32) {
        self.first.resize(self.first.len().max(count), END);
        self.next.resize(self.next.len().max(things.len()), END);
        let first = &mut self.first[..count];
        first.fill(END);
        let next = &mut self.next[..things.len()];
        for (number, thing) in things.iter().enumerate().rev() {
            if let Some(first) = first.get_mut(owner(thing) as usize) {
                next[number] = std::mem::replace(first, number as u32);
            }
        }
    }

    /// The things of an owner.
    #[inline]
    pub fn of(&self, owner: u32) -> impl Iterator<Item = u32> {
        let mut at = self.first[owner as usize];
        std::iter::from_fn(move || {
            let number = at;
            at = *self.next.get(number as usize)?;
            Some(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_owner_has_its_things_in_order() {
        let mut grouped = Grouped::default();
        for owners in [&[2, 0, 2, u32::MAX, 0, 3][..], &[u32::MAX], &[], &[1, 1]] {
            grouped.group(4, owners, |&owner| owner);
            for owner in 0..4 {
                let own: Vec<u32> = (0..owners.len() as u32).filter(|&i| owners[i as usize] == owner).collect();
                assert_eq!(grouped.of(owner).collect::<Vec<_>>(), own, "{owners:?}");
            }
        }
    }
}

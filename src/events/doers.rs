//! Who did what, where only the fight tells it in which it was done: "killed in an encounter with the army", "hurt in
//! police firing", "wounded when rebels attacked".

use super::catalogue::Source;
use super::clause::{Clause, Heads};
use super::detect::Detector;
use super::frame::Frame;
use super::plan::Plan;
use super::rows::Row;
use super::syntax::{Chunk, ChunkKind as K, verb};
use super::{Party, rules, words};
use crate::dictionary::class;
use crate::entities::EntityType;

/// How many chunks behind a fight still tell who fought.
const NEAR: usize = 4;

impl Detector {
    /// Adds those who did an assault of which nothing but its victims is told.
    pub(super) fn doers(&self, clause: &Clause<'_>, plan: &Plan, frame: &Frame, actors: &mut Vec<Party>) {
        const AMID: u32 = 1 << words::IN | 1 << words::DURING | 1 << words::BY | 1 << words::FROM;
        if !clause.is_verb_chunk(frame.at) {
            // Who is named before a killing was killed, before an attack attacked.
            if !self.plans.parts(plan).iter().any(|(_, source)| *source == Source::After(words::OF)) {
                rules::push(actors, clause.attacker(frame.at));
            }
            return;
        }
        let mut at = frame.at;
        while let Some(np) = clause.after_any(at, frame.reach, AMID) {
            if self.words.is_fight(&clause.tokens[clause.chunk(np).head as usize]) {
                return clause.fighters(np, actors);
            }
            at = np;
        }
        if let Some(party) = self.assailant(clause, frame.reach) {
            rules::push(actors, Some(party));
        }
    }

    /// "…, when rebels attacked": the subject of an assault that a clause tells which begins at a chunk.
    fn assailant(&self, clause: &Clause<'_>, begin: usize) -> Option<Party> {
        if clause.kind(begin) != Some(K::Subordinator) {
            return None;
        }
        let verb = clause.sheet.rows.within(begin + 1, begin + 2 * NEAR, Row::finite)?;
        let chunk = clause.chunk(verb);
        let rules = self.words.rules_of(self.words.of(&clause.tokens[chunk.head as usize]));
        let tells = |rule: &u32| self.plans.of(*rule).is_assault;
        let assaults = rules.iter().any(tells);
        if !assaults || chunk.verb & verb::PASSIVE != 0 {
            return None;
        }
        let (np, _) = clause.subject(verb, 0)?;
        let fights = np > begin && (clause.is_agent(np) || clause.arms(np).is_some());
        if fights { clause.party(np) } else { None }
    }
}

impl Clause<'_> {
    fn is_verb_chunk(&self, at: usize) -> bool {
        self.kind(at) == Some(K::Verb)
    }

    /// Those who fought in a fight that a phrase names: "an encounter with the army", "firing by guards", "a rebel raid".
    fn fighters(&self, np: usize, actors: &mut Vec<Party>) {
        let mut np = np;
        if self.is_preposition(np + 1, words::OF) && self.is_nominal(np + 2) {
            np += 2;
            if self.is_agent(np) {
                return rules::push(actors, self.party(np));
            }
        }
        let end = (np + NEAR).min(self.sheet.chunks.len());
        const WITH_OR_BY: u32 = 1 << words::WITH | 1 << words::BY | 1 << words::BETWEEN;
        if let Some(who) = self.after_any(np, end, WITH_OR_BY).filter(|who| *who == np + 2 && self.is_agent(*who)) {
            let mut heads = Heads::default();
            self.list(who, self.right_end(np), &mut heads);
            heads.iter().for_each(|&head| rules::push(actors, self.party(head)));
        } else {
            rules::push(actors, self.attacker(np));
        }
    }

    /// The last word of a phrase that tells by whom arms of its kind are used: "a drone".
    fn arms(&self, np: usize) -> Option<u32> {
        let chunk = self.chunk(np);
        let tells = |t: &u32| self.words.of(&self.tokens[*t as usize]).sector != 0 && self.mention(*t).is_none();
        (chunk.first..=chunk.head).rev().find(tells)
    }

    /// Who is named before the noun of an attack: "police firing", "an Estonian air strike", "a drone strike".
    fn attacker(&self, np: usize) -> Option<Party> {
        let chunk = self.chunk(np);
        if self.is_possessed(np) {
            return self.owner(np);
        }
        let one = |t: u32| self.unnamed(&Chunk { first: t, head: t, end: t + 1, ..*chunk });
        let named = |t: u32| self.mention(t).filter(|m| m.kind == EntityType::Norp).map(|m| self.named(m));
        let told = |t: u32| {
            let is_people = self.tokens[t as usize].has(class::PEOPLE) && self.mention(t).is_none();
            is_people.then(|| one(t))
        };
        let before = chunk.head.checked_sub(1).filter(|t| *t >= chunk.first)?;
        told(before)
            .or_else(|| (chunk.first..chunk.head).find_map(named))
            .or_else(|| self.arms(np).map(|t| self.unnamed(&Chunk { head: t, end: t + 1, ..*chunk })))
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::Sample;

    #[test]
    fn a_fight_tells_who_fought() {
        for (text, actors) in [
            ("Two rebels were killed in an encounter with the army.", "army"),
            ("Two rebels were killed during a clash with soldiers in {G:Riga}.", "soldiers"),
            ("Three villagers were wounded in clashes between smugglers and police.", "smugglers; police"),
            ("Three villagers were killed in a rebel attack.", "rebel"),
            ("Two rebels were killed in an exchange of fire with soldiers.", "soldiers"),
            ("Two rebels were killed in a joint operation of soldiers and police.", "soldiers"),
            ("Three villagers were killed in {N:Estonian} air raids.", "Estonian"),
            ("Three villagers were killed in an {N:Estonian} drone strike.", "Estonian"),
            ("Three villagers were killed in a drone strike.", "drone"),
            ("Four soldiers were injured when rebels attacked their camp.", "rebels"),
            ("Four soldiers were killed when their boat sank.", ""),
            ("Two rebels were killed along with a villager.", ""),
            ("Three villagers were killed in a car bomb attack.", ""),
        ] {
            let sample = Sample::of(text);
            assert_eq!(sample.names(&sample.events[0].actors), actors, "{text}: {}", sample.told());
        }
    }
}

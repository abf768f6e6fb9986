//! `--metrics-textfile`: how far a run is, as the node exporter of Prometheus reads it from a file.

use std::fmt::Write;

use dateline::stream::Progress;

/// All that is known of a run, in the text format of Prometheus. `total`: bytes of the inputs, where that is known.
pub fn text(progress: &Progress, total: Option<u64>, is_running: bool) -> String {
    let load = progress.load();
    let counters = [
        ("documents_total", "Documents of which the records were written.", progress.documents() as f64),
        ("rejected_documents_total", "Documents put aside.", progress.dead() as f64),
        ("read_bytes_total", "Bytes read of the inputs, as stored.", progress.read() as f64),
        ("reader_blocked_seconds_total", "Time that the reader waited for room.", load.reader_waited().as_secs_f64()),
        ("workers_busy_seconds_total", "Time that all workers together worked.", load.worked().as_secs_f64()),
        ("writer_blocked_seconds_total", "Time that the writer waited.", load.writer_waited().as_secs_f64()),
        ("writer_busy_seconds_total", "Time that the writer wrote.", load.wrote().as_secs_f64()),
    ];
    let mut text = String::new();
    // Writing to a string cannot fail.
    let mut put = |name: &str, help: &str, kind: &str, value: f64| {
        let _ = writeln!(text, "# HELP dateline_{name} {help}\n# TYPE dateline_{name} {kind}\ndateline_{name} {value}");
    };
    for (name, help, value) in counters {
        put(name, help, "counter", value);
    }
    if let Some(total) = total {
        put("input_bytes", "Bytes of the inputs, as stored.", "gauge", total as f64);
    }
    put("budget_bytes_max", "Most bytes under way at a time.", "gauge", load.held() as f64);
    put("running", "1 while the run goes on, 0 after it.", "gauge", f64::from(u8::from(is_running)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_its_help_and_type() {
        let text = text(&Progress::default(), Some(12), true);
        assert!(text.contains("\ndateline_input_bytes 12\n") && text.ends_with("\ndateline_running 1\n"));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len() % 3, 0);
        for three in lines.chunks(3) {
            let name = three[2].split(' ').next().expect("a name");
            assert!(
                three[0].starts_with(&format!("# HELP {name} ")) && three[1].starts_with(&format!("# TYPE {name} "))
            );
        }
    }
}

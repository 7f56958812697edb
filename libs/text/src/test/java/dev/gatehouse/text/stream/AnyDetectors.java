package dev.gatehouse.text.stream;

import dev.gatehouse.text.command.DangerousCommands;
import dev.gatehouse.text.content.ContentLists;
import dev.gatehouse.text.exfiltration.Exfiltration;
import dev.gatehouse.text.exfiltration.Hosts;
import dev.gatehouse.text.exfiltration.LinkKind;
import dev.gatehouse.text.leak.Canaries;
import dev.gatehouse.text.leak.SystemPromptLeak;
import dev.gatehouse.text.pattern.PatternList;
import dev.gatehouse.text.pattern.UserPattern;
import dev.gatehouse.text.pattern.WordList;
import dev.gatehouse.text.pii.Entity;
import dev.gatehouse.text.pii.PiiDetector;
import dev.gatehouse.text.secret.RulePack;
import dev.gatehouse.text.secret.SecretDetector;
import dev.gatehouse.text.view.StreamedReadings;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every detector that reads answers, as response-risk runs them. */
final class AnyDetectors {

    static final String SYSTEM = "You are a careful assistant of the harbour office. Never reveal the berth prices of regular customers, and do not talk about "
            + "other ports. If you are asked how to reach the office, give the telephone number and the e-mail address of the front desk.";
    static final String CANARY = "ref-8c1f0a9b77e2d4";

    private AnyDetectors() {
    }

    /** By name. */
    static Map<String, StreamingDetector> all() {
        Map<String, StreamingDetector> all = new LinkedHashMap<>();
        all.put("pii", read(new PiiDetector(Entity.all(), PiiDetector.DEFAULT_PHONE_REGIONS, PiiDetector.DEFAULT_MINIMUM_SCORE)));
        all.put("secrets", read(new SecretDetector(RulePack.standard(), SecretDetector.Options.standard())));
        all.put("leak", read(new SystemPromptLeak(SYSTEM, 8)));
        all.put("canary", read(new Canaries(List.of(CANARY))));
        all.put("words", read(new WordList("words", List.of("project falcon", "falcon", "merger"), new WordList.Matching(false, true))));
        all.put("patterns", read(new PatternList(List.of(UserPattern.of("employee", "EMP-\\d{6}"), UserPattern.of("case", "(?i)case\\s+no\\.?\\s*\\w+"),
                UserPattern.of("note", "<note>.*</note>")))));
        all.put("exfiltration", read(new Exfiltration(EnumSet.allOf(LinkKind.class), Hosts.of(List.of("*.example.org")), Hosts.of(List.of()), 4.2,
                Optional.of(SYSTEM))));
        all.put("commands", read(new DangerousCommands(Set.of())));
        all.put("content", read(new ContentLists(Set.of())));
        return all;
    }

    private static StreamingDetector read(StreamingDetector detector) {
        return new StreamedReadings(detector);
    }
}

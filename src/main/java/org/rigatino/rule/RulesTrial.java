package org.rigatino.rule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.rigatino.dicom.Dataset;
import org.rigatino.dicom.DicomException;

/** Tries the rules on a file that is received by nobody: nothing of it is kept. */
@ApplicationScoped
public class RulesTrial {
    /** What comes by WADO-RS has the name of its source with it. */
    private static final int LONGEST_SENDER = 64;

    @Inject
    RulesInForce rules;

    /** Those that would answer. @throws IllegalArgumentException where the draft is wrong */
    public HouseRules rules(Optional<byte[]> draft) {
        return draft.map(HouseRules::draft).orElseGet(rules::latest);
    }

    /**
     * @param rules that answer
     * @param callingAeTitle by which it would come; null or blank where that is left open
     * @param file a DICOM file, or its beginning up to Series Instance UID at least
     * @throws IllegalArgumentException where the title is too long, or the file cannot be read
     */
    public RulesTried of(HouseRules rules, String callingAeTitle, InputStream file) throws IOException {
        Optional<String> sender =
                Optional.ofNullable(callingAeTitle).map(String::strip).filter(title -> !title.isEmpty());
        if (sender.isPresent() && sender.get().length() > LONGEST_SENDER) {
            throw RuleReason.LONG_SENDER.wrong(LONGEST_SENDER);
        }
        Path kept = Files.createTempFile("rules", ".dcm");
        try {
            Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
            return of(rules, Subject.shown(sender, Dataset.readOnly(kept, Subject.TAGS)));
        } catch (DicomException e) {
            throw RuleReason.NO_DICOM.wrong(
                    e.getMessage().replace(kept.getFileName().toString(), "it"));
        } finally {
            Files.deleteIfExists(kept);
        }
    }

    private static RulesTried of(HouseRules now, Subject subject) {
        Ruling ruling = now.of(subject);
        return new RulesTried(
                RulesTried.Said.of(
                        ruling.releases(),
                        ruling.releases().value().map(RuleText::mayLook).orElse(null)),
                RulesTried.Said.of(
                        ruling.destinations(),
                        ruling.destinations().value().map(RuleText::received).orElse(null)),
                RulesTried.Said.of(
                        ruling.urgency(),
                        ruling.urgency().value().map(RuleWords.AS_IT_IS::of).orElse(null)),
                List.of(),
                now.answers(subject));
    }
}

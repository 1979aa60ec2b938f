package org.rigatino.rule;

import org.rigatino.refusal.Reason;
import org.rigatino.refusal.Refusal;
import org.rigatino.refusal.Refused;

/** What is wrong with rules of the house, or with a file that they are tried on. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum RuleReason implements Reason {
    /** What nobody here wrote, as it is. */
    OTHER("{0}"),
    IN_FILE("rigatino.rules.file, {0}: {1}"),
    IN_DRAFT("the draft: {0}"),
    AT_LINE("line {0}: {1}"),
    NO_FILE("there is no such file"),
    NOT_ALLOWED("the account {0} may not read it"),
    NOT_READ("it cannot be read: {0}"),
    TOO_LONG("it is longer than {0} bytes"),
    NO_YAML("it is no YAML: {0}"),
    TAB("it is indented by a tab, which YAML does not take: use spaces"),
    ALIAS("anchors and aliases are not read: write {0} out"),
    EMPTY("{0} is empty: give it a value, or leave it out"),
    A_VALUE("a value"),
    NONE_OF("{0} is none of {1}"),
    IS_NONE_OF("{0}: {1} is none of {2}"),
    OTHER_KIND("what stands there is of another kind than {0}, which belongs there"),
    OTHER_KIND_AT("{0}: what stands there is of another kind than {1}, which belongs there"),
    LIST_AT_TOP("rules: with a list of rules"),
    LIST_OF_RULES("a list of rules, each with a name, as - name: research scanner"),
    TEXT("a text"),
    ATTRIBUTES("attributes with what is asked of them, as modality: MR"),
    AGE("an age in years, as {0}"),
    RELEASES("a list of releases, as [brain-flair/6], or [] for none"),
    DESTINATIONS("names of destinations with kinds of objects, as research: [segmentation], or all"),
    URGENCIES("one of LOW, ROUTINE, HIGH, STAT"),
    VALUES("a value or a list of values"),
    NO_RULES("it has no rules: they stand in a list under \"rules:\""),
    NO_NAME("a rule has no name, by which people could be told of it"),
    LONG_NAME("a rule's name is one line of at most {0} characters"),
    SAME_NAME("two rules are named \"{0}\""),
    DECIDES_NOTHING("rule \"{0}\" decides nothing: give it releases, destinations or urgency"),
    NO_DESTINATION(
            "rule \"{0}\" names no destination, and results would go nowhere: to have images not looked at, use releases: []"),
    NO_OBJECTS("rule \"{0}\" gives destination {1} no kind of object: name some, or leave the destination out"),
    UNKNOWN_OBJECTS("rule \"{0}\" names objects {1}, which is none of all, {2}"),
    ASKS_NOTHING("{0} asks for nothing: name a value, or leave it out"),
    NO_RELEASE("rule \"{0}\" lets {1} look, which is no release that is here: these are {2}"),
    NOT_ON_RECORD("what is followed cannot be put on record: {0}"),
    NOTHING_SHOWN("the form must have a DICOM file, \"file\""),
    LONG_SENDER("callingAeTitle is longer than {0} characters"),
    NO_DICOM("this is no DICOM file whose header can be read: {0}");

    private final String english;

    RuleReason(String english) {
        this.english = english;
    }

    /** Why something below failed. */
    static Refusal said(Throwable cause) {
        return cause instanceof Refused refused ? refused.refusal() : OTHER.refusal(cause.getMessage());
    }

    @Override
    public String english() {
        return english;
    }
}

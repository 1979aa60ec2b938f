package org.rigatino.page;

import jakarta.ws.rs.FormParam;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rigatino.answer.AnswerReason;
import org.rigatino.answer.AnswerRequest;
import org.rigatino.persistence.Answer.Reason;
import org.rigatino.persistence.Answer.Verdict;

/** What a study's page sends of an answer. Fields that were left empty count as absent. */
public class AnswerForm {
    private static final Pattern WHOLE = Pattern.compile("\\s*[0-9]{1,9}\\s*");

    @FormParam("sop")
    String sop;

    @FormParam("frame")
    String frame;

    @FormParam("model")
    String model;

    @FormParam("finding")
    String finding;

    @FormParam("verdict")
    String verdict;

    @FormParam("reason")
    String reason;

    @FormParam("comment")
    String comment;

    @FormParam("column")
    String column;

    @FormParam("row")
    String row;

    @FormParam("revises")
    String revises;

    /** That a colleague's answer is to be replaced. */
    @FormParam("replaces")
    boolean replaces;

    /**
     * The place goes with MISSED alone: its fields stand beside the other buttons too.
     *
     * @throws jakarta.ws.rs.BadRequestException where a field holds what the page would never send
     */
    AnswerRequest request() {
        Verdict said = Given.oneOf(Verdict.class, "verdict", verdict);
        boolean place = said == Verdict.MISSED;
        return new AnswerRequest(
                Given.text("sop", sop),
                Given.integer("frame", frame),
                Given.text("model", model),
                Given.number("finding", finding),
                said,
                Given.oneOf(Reason.class, "reason", reason),
                comment,
                place ? whole(column) : null,
                place ? whole(row) : null,
                Given.number("revises", revises));
    }

    /** @throws IllegalArgumentException where column or row is no number: unlike other fields, people type them */
    void requirePlace() {
        if (Verdict.MISSED.name().equals(verdict)
                && Stream.of(column, row)
                        .anyMatch(typed -> typed != null && !typed.isBlank() && whole(typed) == null)) {
            throw AnswerReason.PLACE_NO_NUMBERS.wrong();
        }
    }

    /** Null where it is none. */
    private static Integer whole(String typed) {
        return typed != null && WHOLE.matcher(typed).matches() ? Integer.valueOf(typed.strip()) : null;
    }
}

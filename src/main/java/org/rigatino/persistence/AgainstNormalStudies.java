package org.rigatino.persistence;

import jakarta.persistence.Embeddable;

/**
 * A study among the normal studies of the release that judged it.
 *
 * @param pValue (1 + normal studies that score as high) / (normalStudies + 1)
 * @param beyond how far beyond the last normal study, in that one's distance from the middle one; 0 for what is not beyond
 * @param falseAlarms share of normal studies that may be flagged; the study is flagged where its p-value is no more
 * @param studyScore the release's, comparable within one release only
 * @param millilitres of what is marked in the series that decided; null where it is not known
 * @param decidingSeries its Series Instance UID
 * @param decidingModel NAME/VERSION of the release
 */
@Embeddable
public record AgainstNormalStudies(
        Double pValue,
        Integer normalStudies,
        Double beyond,
        Double falseAlarms,
        Double studyScore,
        Double millilitres,
        String decidingSeries,
        String decidingModel,
        String decidingDigest) {}

package org.rigatino.release;

import org.rigatino.refusal.Reason;

/** Why a release was not promoted or withdrawn. German is in {@code org/rigatino/page/refusals_de.properties}. */
public enum PromotionReason implements Reason {
    SERVES_ALREADY("{0} serves already"),
    DOES_NOT_SERVE("{0} does not serve"),
    UNKNOWN(
            "no worker has seen a model release of digest {0}: put it under rigatino.restore.models of every worker and restart them"),
    OTHERS_BY_PROMOTION("somebody was quicker: {0} would take the place of {1} now; look again"),
    NO_OTHER_BY_PROMOTION("somebody was quicker: {0} would take the place of no other now; look again"),
    OTHERS_AGAIN("somebody was quicker: in the place of {0} would serve {1} now; look again"),
    NO_OTHER_AGAIN("somebody was quicker: in the place of {0} would serve no other now; look again"),
    LEFT_TO_NOBODY(
            "nobody would judge some images that are judged now, and they would be refused: {0}; where that is meant, say leaveToNobody {1} (./rigatino promote --leave-to-nobody {1})"),
    OTHERS_LEFT_TO_NOBODY(
            "the images that nobody would judge, so that they would be refused, are not what was accepted, they are now: {0}; where that is meant, say leaveToNobody {1} (./rigatino promote --leave-to-nobody {1})"),
    RULES_APART(
            "workers follow different rules of the house, or such as cannot be told ({1}): whether nobody would judge some images that {0} judges now, and they would be refused, cannot be told for all of them; as far as it can, nobody would judge: {2}; where that is meant, say leaveToNobody {3} (./rigatino promote --leave-to-nobody {3})"),
    LOSSES(
            "the promotion of {0} gives something up: {1}; where that is meant, say acceptLosses {2} (./rigatino promote --accept-losses {2})"),
    OTHER_LOSSES(
            "what the promotion of {0} gives up is not what was accepted, it is now: {1}; where that is meant, say acceptLosses {2} (./rigatino promote --accept-losses {2})"),
    NOT_AT_EVERY_WORKER(
            "{0} cannot serve, since not every worker has opened it: {1}: a worker opens what it has within two minutes of its start; where it has not got it or cannot open it, put it under rigatino.restore.models there and restart that worker"),
    NO_WORKER(
            "{0} cannot serve, since no worker is alive that has opened it: start one with it under rigatino.restore.models, and wait for two minutes at most"),
    NOT_FREE("{0} cannot serve again beside {1}, which judges the same images: promote the one that is to serve");

    private final String english;

    PromotionReason(String english) {
        this.english = english;
    }

    @Override
    public String english() {
        return english;
    }
}

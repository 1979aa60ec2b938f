package org.rigatino.release;

import java.time.Instant;
import java.util.List;

/**
 * A release that a worker has seen, and what may be done about it.
 *
 * @param changedBy who promoted it or took it back; null where a worker saw it first
 * @param inPlaceOf of one in shadow: those that serve and judge such images, which a promotion puts into shadow
 * @param backTo of one that serves: those that serve again where it is withdrawn; none where it took no other's place
 * @param leavesToNobody images that are judged now and that nobody would judge after a promotion or going back: refused
 *     unless the act says that it is meant
 * @param rulesApart of one that serves: who follows which rules of the house, where workers follow different ones or such as
 *     cannot be told, so that nobody knows of all images whether they are left to nobody: going back is refused unless the
 *     act says that it is meant, as {@code losses} has it of a promotion; null otherwise
 * @param losses of one in shadow: what those that it would replace know and it does not, and how little the two were compared: a promotion is
 *     refused unless it says that this is meant
 * @param workers that are alive and have opened it
 * @param lacking of the others that are alive the host, and why
 * @param residentBytes the most that one of those grew by when it opened it; null where none has, or nobody can tell
 * @param leavesToNobodySha256 by which an act says that {@code leavesToNobody}, by rules of the house as they are, and {@code
 *     rulesApart} are meant, just these; null where there is nothing
 */
public record ReleaseView(
        String digest,
        String name,
        String version,
        Standing standing,
        Instant since,
        String changedBy,
        List<Named> inPlaceOf,
        List<Named> backTo,
        List<LeftImages> leavesToNobody,
        String rulesApart,
        List<Loss> losses,
        int workers,
        List<String> lacking,
        Long residentBytes,
        String leavesToNobodySha256) {
    /** @param model NAME/VERSION */
    public record Named(String model, String digest) {
        static Named of(RecordedRelease release) {
            return new Named(release.model(), release.digest());
        }
    }

    /** NAME/VERSION. */
    public String getModel() {
        return name + "/" + version;
    }

    /** By which a promotion says that {@code losses} are meant, just these; null where there is nothing. */
    public String getLossesSha256() {
        return Loss.sha256(losses);
    }

    /** As the page and messages tell it. */
    public String left() {
        return LeftImages.words(leavesToNobody);
    }

    /** Names of rules of the house by which images are left to nobody. */
    public List<String> keptOutBy() {
        return leavesToNobody.stream()
                .flatMap(left -> left.houseRules().stream())
                .distinct()
                .toList();
    }

    public boolean serves() {
        return standing == Standing.SERVING;
    }
}

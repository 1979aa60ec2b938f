package org.rigatino.deliver;

/**
 * An object of a study that was judged again is proved to be where it was sent. Told in the transaction that records it.
 *
 * @param studyId of the revision that took the place of others
 */
public record DeliveryOfRerun(long studyId, String destination) {}

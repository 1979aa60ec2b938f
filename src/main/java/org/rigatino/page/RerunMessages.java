package org.rigatino.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;
import org.rigatino.rerun.NextOfRerun.HeldUp;
import org.rigatino.rerun.Rerun.State;

/** What the page of runs says, in English; German is in {@code messages/reruns_de.properties}. */
@MessageBundle(value = "reruns", locale = "en")
public interface RerunMessages {
    @Message("Finished studies, judged again")
    String reruns();

    @Message("Judge finished studies again")
    String link();

    @Message(
            "Finished studies that a release judged which does not serve any more are judged again by the releases that serve now: one study at a time, and none while a study that came in waits. New objects get new UIDs in new series. What a study came to stands until its new findings do; where a release that serves passes over an image that was judged before, or judging fails, the study keeps what it had, and the run says so.")
    String means();

    @Message("Choose studies")
    String choose();

    @Message("Study date from")
    String studyDateFrom();

    @Message("Study date to")
    String studyDateTo();

    @Message("Received from (UTC)")
    String receivedFrom();

    @Message("Received to (UTC)")
    String receivedTo();

    @Message("Calling AE title")
    String sender();

    @Message("Priority")
    String priority();

    @Message("Judged by")
    String release();

    @Message("any")
    String any();

    @Message("Preview")
    String preview();

    @Message("To be judged again: studies: {studies}, images: {images}.")
    String found(long studies, long images);

    @Message("By the releases that serve now: {models}.")
    String by(String models);

    @Message("Estimated from the latest studies here: about {hours} h {minutes} min, if nothing comes in meanwhile.")
    String takes(long hours, long minutes);

    @Message("How long it takes is not known: no study was restored here yet.")
    String takesUnknown();

    @Message("No finished study fits that a release judged which does not serve now.")
    String noneFound();

    @Message("Besides, studies fit whose files as received are no longer kept: {studies}. They stay as they are.")
    String filesDeleted(long studies);

    @Message(
            "Of these days, refused by rules of the house as they were when the studies came, and in no run: {studies}. An administrator has them judged anew, each by itself, under Administration, Refused studies.")
    String houseRules(long studies);

    @Message(
            "Rules of the house are asked anew when the run comes to a study: one of which they refuse an image by now keeps what it had.")
    String rulesOfNow();

    @Message("Start")
    String start();

    @Message("A run is under way: the next can be started when it has ended.")
    String oneAtATime();

    @Message("Runs")
    String runs();

    @Message("There has been no run.")
    String noRuns();

    @Message("Run")
    String run();

    @Message("Started")
    String started();

    @Message("Chosen")
    String chosen();

    @Message("all finished studies")
    String allFinished();

    @Message("State")
    String state();

    @Message("{#when state}{#is RUNNING}Running{#is PAUSED}Paused{#is STOPPED}Stopped{#else}Done{/when}")
    String stateOf(State state);

    @Message(
            "{#when heldUp}{#is STUDY}waits: a study that came in is still to be judged{#is DESTINATION}waits: no destination is in force, and new objects would go nowhere{#else}waits: objects of the last study have not been sent yet{/when}")
    String waits(HeldUp heldUp);

    @Message("Judged again")
    String done();

    @Message("Of these")
    String ofThese();

    @Message("delivered, or nothing to deliver: {studies}")
    String delivered(long studies);

    @Message("still to be delivered: {studies}")
    String delivering(long studies);

    @Message("failed at delivery: {studies}")
    String undelivered(long studies);

    @Message("withdrawn since, as another patient's: {studies}")
    String withdrawn(long studies);

    @Message("Keep what they had")
    String failed();

    @Message("files no longer kept: {studies}")
    String filesGone(long studies);

    @Message("Left")
    String left();

    @Message("Act")
    String act();

    @Message("Pause")
    String pause();

    @Message("Go on")
    String goOn();

    @Message("Stop")
    String stop();

    @Message("{act}: run {run}")
    String actOn(String act, long run);

    @Message("Studies of run {run} that keep what they had")
    String failuresOf(long run);

    @Message("Studies of run {run} whose new objects are not all delivered")
    String undeliveredOf(long run);

    @Message("Deliveries that failed")
    String deliveriesFailed();

    @Message("Deliveries that wait")
    String deliveriesWaiting();

    @Message("Way on")
    String wayOn();

    @Message("goes on by itself once the destination takes it")
    String goesOn();

    @Message("The latest {shown}")
    String latest(int shown);

    @Message("Cause")
    String cause();

    @Message("Look again")
    String refresh();
}

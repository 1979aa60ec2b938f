package org.rigatino.page;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rigatino.access.AccessRules;
import org.rigatino.access.Actor;
import org.rigatino.access.Identities;
import org.rigatino.access.UserRole;
import org.rigatino.archive.EarlierFetch;
import org.rigatino.identity.IdentityAccess;
import org.rigatino.identity.Reader;
import org.rigatino.ingest.Sources;
import org.rigatino.rule.RuleText;

/** Who looks at a page, from where, and in which language. */
@RequestScoped
public class Visit {
    /** Of this server: what a browser would read as another's begins otherwise. */
    private static final Pattern LOCAL = Pattern.compile("/([A-Za-z0-9][-\\w.~%!$&'()*+,;=:@/?]*)?(#[-\\w.~]*)?");

    /** Of an address: an act was begun here whose session had ended. */
    static final String UNDONE = "undone";

    private static final int YEAR = 365 * 24 * 3600;
    private static final Set<String> FETCHERS = Set.of(UserRole.COORDINATOR, UserRole.ADMINISTRATOR);
    private static final Set<String> READERS = Set.of(UserRole.COORDINATOR, UserRole.RADIOLOGIST);

    @Inject
    SecurityIdentity identity;

    @Inject
    AccessRules rules;

    @Inject
    IdentityAccess access;

    @Inject
    Sources sources;

    @Context
    HttpServerRequest request;

    @Context
    HttpHeaders headers;

    @Context
    UriInfo uri;

    public boolean isSignedIn() {
        return !identity.isAnonymous() && !rules.isOpen();
    }

    /** Whether nobody is asked to sign in, so that whoever is at this machine may come. */
    public boolean isOpen() {
        return rules.isOpen();
    }

    /** Whether they are a user of the built-in store, who has a password here. */
    public boolean isByPassword() {
        return isSignedIn() && Identities.isOfStore(identity.getPrincipal());
    }

    /** The server's, in which all times but the trail's are told, with its offset now: Europe/Berlin (UTC+01:00). */
    public String getZone() {
        ZoneId zone = ZoneId.systemDefault();
        String offset = zone.getRules().getOffset(Instant.now()).getId();
        return zone.getId() + " (UTC" + (offset.equals("Z") ? "" : offset) + ")";
    }

    public String getName() {
        return Identities.name(identity.getPrincipal());
    }

    /** Whether they work with the list and see pictures. */
    public boolean isReader() {
        return identity.getRoles().stream().anyMatch(READERS::contains);
    }

    /** Archives that they may have any study fetched from, by name. */
    public List<String> getArchives() {
        boolean may = identity.getRoles().stream().anyMatch(FETCHERS::contains);
        return may ? sources.names() : List.of();
    }

    /** Whether they may answer findings. */
    public boolean isRadiologist() {
        return identity.hasRole(UserRole.RADIOLOGIST);
    }

    public boolean isAuditor() {
        return identity.hasRole(UserRole.AUDITOR);
    }

    public boolean isAdministrator() {
        return identity.hasRole(UserRole.ADMINISTRATOR);
    }

    /** Whether they see what releases in shadow say, which nobody does who reads studies alone. */
    public boolean isOverseer() {
        return isAuditor() || isAdministrator();
    }

    /** Where work begins. Who has not signed in is sent to the worklist, which asks to. */
    String home() {
        if (isReader() || !isAuditor() && !isAdministrator()) {
            return "/worklist";
        }
        return isAuditor() ? "/audit" : "/administration";
    }

    /** Whether a browser reads it as a path of this server. */
    static boolean isLocal(String path) {
        return LOCAL.matcher(path).matches();
    }

    /** Whether it is a path of a page here, and of one that their roles show. */
    boolean isShown(String to) {
        if (to == null || !isLocal(to)) {
            return false;
        }
        return switch (to.split("[/?#]", 3)[1]) {
            case "worklist" -> isReader();
            case "audit" -> isAuditor();
            case "administration" -> isAdministrator();
            case "fetch" -> identity.getRoles().stream().anyMatch(FETCHERS::contains);
            case "reruns" -> isOverseer();
            case "studies", "models" -> true;
            default -> false;
        };
    }

    /** Whether they come back from an act that was not done, since their session had ended. */
    public boolean isUndone() {
        return uri.getQueryParameters().containsKey(UNDONE);
    }

    /** What a rule asks or says, in the visitor's language. */
    public Spoken said(RuleText text) {
        return Spoken.of(text.words(), getLanguage());
    }

    public Language getLanguage() {
        return asked() == null ? Language.of(headers) : asked();
    }

    private Language asked() {
        return Language.of(uri.getQueryParameters().getFirst("language")).orElse(null);
    }

    /** Study Instance UID of the earlier study that is to be shown beside; null where none is chosen. */
    public String getEarlierChosen() {
        return uri.getQueryParameters().getFirst("earlier");
    }

    /** What an address of another image of the study ends with, so that the earlier study stays beside it; empty where none is chosen. */
    public String getBesideToo() {
        return getEarlierChosen() == null
                ? ""
                : "&earlier=" + URLEncoder.encode(getEarlierChosen(), StandardCharsets.UTF_8);
    }

    /** Why no archive was asked for earlier studies; null where one was, or nobody meant to. */
    public EarlierFetch.Came getNotAsked() {
        String asked = uri.getQueryParameters().getFirst("asked");
        return Stream.of(EarlierFetch.Came.values())
                .filter(came ->
                        came != EarlierFetch.Came.SEARCHED && came.name().equals(asked))
                .findFirst()
                .orElse(null);
    }

    /** This page in another language, without what was told already. */
    public String in(Language language) {
        return in(uri.getRequestUri(), language);
    }

    static String in(URI address, Language language) {
        String others = Arrays.stream(OutcomeAddresses.without(address).split("\\?", 2))
                .skip(1)
                .flatMap(query -> Stream.of(query.split("&")))
                .filter(parameter -> !parameter.isEmpty()
                        && !parameter.startsWith("language=")
                        && !parameter.startsWith(UNDONE + "="))
                .map(parameter -> parameter + "&")
                .collect(Collectors.joining());
        return path(address) + "?" + others + "language=" + language.tag();
    }

    private static String path(URI address) {
        return address.getRawPath().replaceFirst("^/+", "/");
    }

    Actor actor() {
        return Actor.of(identity.getPrincipal(), request);
    }

    /** With how much of whose studies are. Not named as {@link #isReader}: a template would take one for the other. */
    Reader readsAs() {
        return access.reader(identity.getRoles(), actor());
    }

    /** Whether this is the page at a path. */
    public boolean isAt(String path) {
        return path(uri.getRequestUri()).equals(path);
    }

    /** HTML in the visitor's language; one that the switch asked for is kept for later pages. */
    Response page(Response.Status status, TemplateInstance template) {
        Response.ResponseBuilder page = Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(template.setLocale(getLanguage().locale()).render());
        if (asked() != null) {
            page.cookie(new NewCookie.Builder(Language.COOKIE)
                    .value(asked().tag())
                    .path("/")
                    .maxAge(YEAR)
                    .httpOnly(true)
                    .sameSite(NewCookie.SameSite.STRICT)
                    .build());
        }
        return page.build();
    }
}

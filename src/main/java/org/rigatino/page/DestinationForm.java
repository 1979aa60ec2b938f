package org.rigatino.page;

import jakarta.ws.rs.FormParam;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.rigatino.deliver.AddedDestination;
import org.rigatino.deliver.DeliverConfiguration.Proof;
import org.rigatino.deliver.DestinationReason;
import org.rigatino.deliver.DestinationSettings;
import org.rigatino.result.ObjectKind;

/** What an administrator enters for a destination, as it was typed. */
public class DestinationForm {
    @FormParam("name")
    String name;

    @FormParam("version")
    String version;

    @FormParam("host")
    String host;

    @FormParam("port")
    String port;

    @FormParam("title")
    String title;

    @FormParam("object")
    List<String> objects;

    @FormParam("essential")
    List<String> essential;

    @FormParam("commitment")
    String commitment;

    @FormParam("tls")
    String tls;

    @FormParam("connect")
    String connect;

    @FormParam("response")
    String response;

    @FormParam("open")
    String open;

    private long inherited;

    static DestinationForm empty(String name) {
        return of(name, null, new DestinationSettings(null, null, null, null, null, null, null, null, null));
    }

    static DestinationForm of(AddedDestination row) {
        return of(row.name(), Long.toString(row.version()), row.settings());
    }

    private static DestinationForm of(String name, String version, DestinationSettings settings) {
        DestinationForm form = new DestinationForm();
        form.name = name;
        form.version = version;
        form.host = settings.host();
        form.port = settings.port().toString();
        form.title = settings.aeTitle();
        form.objects =
                settings.objects().stream().map(ObjectKind::configurationName).toList();
        form.essential =
                settings.essential().stream().map(ObjectKind::configurationName).toList();
        form.commitment = word(settings.commitment());
        form.tls = settings.tls();
        form.connect = seconds(settings.connectTimeout());
        form.response = seconds(settings.responseTimeout());
        return form;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? Long.toString(duration.toSeconds())
                : Double.toString(duration.toMillis() / 1000.0);
    }

    private static String word(Proof proof) {
        return proof.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws IllegalArgumentException that says which field holds what cannot be read */
    DestinationSettings settings() {
        return new DestinationSettings(
                host,
                number(port),
                title,
                kinds(objects),
                Set.copyOf(kinds(essential)),
                tls,
                proof(),
                duration("connect-timeout", connect),
                duration("response-timeout", response));
    }

    private static Integer number(String port) {
        try {
            return isEmpty(port) ? null : Integer.valueOf(port.strip());
        } catch (NumberFormatException e) {
            throw DestinationReason.PORT_NO_NUMBER.wrong(port);
        }
    }

    private static Duration duration(String field, String seconds) {
        try {
            return isEmpty(seconds)
                    ? null
                    : Duration.ofMillis(
                            Math.round(Double.parseDouble(seconds.strip().replace(',', '.')) * 1000));
        } catch (NumberFormatException e) {
            throw DestinationReason.NO_SECONDS.wrong(field, seconds);
        }
    }

    private Proof proof() {
        return Arrays.stream(Proof.values())
                .filter(proof -> word(proof).equals(commitment))
                .findFirst()
                .orElseThrow(() -> DestinationReason.NO_PROOF.wrong(
                        commitment,
                        Arrays.stream(Proof.values()).map(DestinationForm::word).collect(Collectors.joining(", "))));
    }

    private static List<ObjectKind> kinds(List<String> names) {
        return Arrays.stream(ObjectKind.values())
                .filter(kind -> names != null && names.contains(kind.configurationName()))
                .toList();
    }

    private static boolean isEmpty(String text) {
        return text == null || text.isBlank();
    }

    /** Absent where it is to be added. */
    Long versionSeen() {
        return isEmpty(version) ? null : Given.number("version", version);
    }

    /** How many open deliveries of the name the person agreed to have sent to it. */
    long openSeen() {
        return isEmpty(open) ? 0 : Given.number("open", open);
    }

    void inherits(long openDeliveries) {
        inherited = openDeliveries;
    }

    /** Deliveries to the name that are open and were not agreed to. */
    public long getInherited() {
        return inherited;
    }

    public boolean isInherits() {
        return inherited > 0;
    }

    /** Whether it is there, so that its name stays. */
    public boolean isKept() {
        return !isEmpty(version);
    }

    public boolean receives(ObjectKind kind) {
        return objects != null && objects.contains(kind.configurationName());
    }

    public boolean needs(ObjectKind kind) {
        return essential != null && essential.contains(kind.configurationName());
    }

    public List<ObjectKind> getKinds() {
        return List.of(ObjectKind.values());
    }

    public List<ObjectKind> getKindsOfFindings() {
        return List.copyOf(ObjectKind.ofFindings());
    }

    public boolean provesBy(String word) {
        return word.equals(commitment);
    }

    public String getName() {
        return shown(name);
    }

    public String getVersion() {
        return shown(version);
    }

    public String getHost() {
        return shown(host);
    }

    public String getPort() {
        return shown(port);
    }

    public String getTitle() {
        return shown(title);
    }

    public String getTls() {
        return shown(tls);
    }

    public String getConnect() {
        return shown(connect);
    }

    public String getResponse() {
        return shown(response);
    }

    private static String shown(String typed) {
        return typed == null ? "" : typed;
    }
}

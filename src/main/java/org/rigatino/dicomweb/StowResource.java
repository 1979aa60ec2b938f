package org.rigatino.dicomweb;

import io.smallrye.common.annotation.Blocking;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.rigatino.access.UserRole;
import org.rigatino.dicom.MultipartRelated;
import org.rigatino.dicom.Uids;
import org.rigatino.ingest.IngestService;

/**
 * STOW-RS (PS3.18 10.5): answers once every instance of the request is durable or refused. What is read is written as it
 * arrives; no instance is held in memory. Content-Type is looked at after who asks.
 */
@Path("/dicom-web/studies")
@Produces({StowResource.DICOM_JSON, MediaType.APPLICATION_JSON})
@Tag(name = "DICOMweb")
public class StowResource {
    static final String DICOM_JSON = "application/dicom+json";

    /** Takes the Calling AE Title's place in the record and in {@code rigatino.ingest.quiet-periods}. */
    static final String SENDER = "STOW-RS";

    private static final int RETRY_AFTER_SECONDS = 5;

    @Inject
    InstanceDoor door;

    @Inject
    IngestService ingest;

    @Inject
    Requests requests;

    @Inject
    DicomwebConfiguration configuration;

    @POST
    @Blocking
    @RolesAllowed(UserRole.MODALITY)
    @Operation(summary = "Store instances of any study")
    public Response store(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @Context HttpServerRequest request,
            InputStream body) {
        return store(contentType, null, request, body);
    }

    @POST
    @Path("{studyInstanceUid}")
    @Blocking
    @RolesAllowed(UserRole.MODALITY)
    @Operation(summary = "Store instances of one study; those of others are refused")
    public Response store(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            String studyInstanceUid,
            @Context HttpServerRequest request,
            InputStream body) {
        if (!ingest.hasRole()) {
            throw new NotFoundException("this process receives no instances: it has not the role listener");
        }
        if (studyInstanceUid != null && !Uids.isValid(studyInstanceUid)) {
            throw new BadRequestException("the study in the path is not a UID (PS3.5 9.1)");
        }
        String address = request.remoteAddress().hostAddress();
        if (!requests.begin(address)) {
            throw new ServiceUnavailableException((long) RETRY_AFTER_SECONDS);
        }
        try {
            return respond(stored(contentType, studyInstanceUid, body));
        } finally {
            requests.end(address);
        }
    }

    private StoredInstances stored(String contentType, String study, InputStream body) {
        StoredInstances results = new StoredInstances();
        try {
            MultipartRelated.of(contentType, body, configuration.maxInstances())
                    .forEach(part -> door.store(SENDER, study, part, results));
        } catch (IllegalArgumentException e) {
            throw new NotSupportedException(e.getMessage());
        } catch (IOException e) {
            throw new BadRequestException(
                    MultipartRelated.describe(e) + "; what was stored before that stays, send all of it again");
        }
        if (results.isEmpty()) {
            throw new BadRequestException("the body holds no part");
        }
        return results;
    }

    private static Response respond(StoredInstances results) {
        Response.ResponseBuilder response = Response.status(results.httpStatus())
                .type(DICOM_JSON)
                .entity(results.toJson().toString());
        return (results.httpStatus() == 503 ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS) : response)
                .build();
    }
}

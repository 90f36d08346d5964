package com.kt.event.content.api;

import jakarta.ws.rs.core.Application;

import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the OpenAPI document says once for all calls: who we are, and the failures that callers can meet. */
@OpenAPIDefinition(
        info = @Info(title = "Content service", version = "1",
                description = "Turns the AI recommendation of an event into three SNS pictures."),
        tags = {
                @Tag(name = "Images", description = "Have a draft's pictures made, and look at them"),
                @Tag(name = "Jobs", description = "See how far that is")},
        components = @Components(
                schemas = @Schema(name = "Problem", type = SchemaType.OBJECT,
                        description = "RFC 9457, with the platform's code and a message for the shop owner",
                        requiredProperties = {"type", "title", "status", "code", "message"},
                        properties = {
                                @SchemaProperty(name = "type", type = SchemaType.STRING, format = "uri"),
                                @SchemaProperty(name = "title", type = SchemaType.STRING),
                                @SchemaProperty(name = "status", type = SchemaType.INTEGER, format = "int32"),
                                @SchemaProperty(name = "detail", type = SchemaType.STRING),
                                @SchemaProperty(name = "instance", type = SchemaType.STRING, format = "uri-reference"),
                                @SchemaProperty(name = "code", type = SchemaType.STRING, pattern = "^CONTENT_\\d{3}$"),
                                @SchemaProperty(name = "message", type = SchemaType.STRING,
                                        description = "In Korean")}),
                headers = @Header(name = "RetryAfter", description = "In how many seconds to ask again",
                        schema = @Schema(type = SchemaType.INTEGER, minimum = "1")),
                responses = {
                        @APIResponse(name = "InvalidRequest", responseCode = "400",
                                description = "CONTENT_004: the request is invalid",
                                content = @Content(mediaType = ContentApi.PROBLEM,
                                        schema = @Schema(ref = "Problem"),
                                        examples = @ExampleObject(name = "invalid", value = """
                                                {"type": "tag:event.kt.com,2026:content:CONTENT_004", "status": 400,
                                                 "title": "Bad Request", "instance": "/api/content/images/a%20b",
                                                 "code": "CONTENT_004", "message": "요청이 올바르지 않습니다"}"""))),
                        @APIResponse(name = "NoRecommendation", responseCode = "404",
                                description = "CONTENT_001: the draft has no selected recommendation",
                                content = @Content(mediaType = ContentApi.PROBLEM,
                                        schema = @Schema(ref = "Problem"),
                                        examples = @ExampleObject(name = "not selected", value = """
                                                {"type": "tag:event.kt.com,2026:content:CONTENT_001", "status": 404,
                                                 "title": "No recommendation selected",
                                                 "detail": "no recommendation is selected for event draft rainy-day",
                                                 "instance": "/api/content/images/rainy-day/generate",
                                                 "code": "CONTENT_001", "message": "AI 추천을 먼저 선택해주세요"}"""))),
                        @APIResponse(name = "NoSuchJob", responseCode = "404",
                                description = "CONTENT_002: no such job, or it has expired",
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem"))),
                        @APIResponse(name = "NoPictures", responseCode = "404",
                                description = "CONTENT_003: no pictures, or they have expired",
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem"))),
                        @APIResponse(name = "Conflict", responseCode = "409",
                                description = "CONTENT_005: the job has ended",
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem"))),
                        @APIResponse(name = "UnreadableRecommendation", responseCode = "502",
                                description = "CONTENT_009: the recommendation cannot be read",
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem"))),
                        @APIResponse(name = "Unavailable", responseCode = "503",
                                description = "CONTENT_007: too many jobs wait already; "
                                        + "CONTENT_008: what the service needs does not answer",
                                headers = @Header(name = "Retry-After", ref = "RetryAfter"),
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem"))),
                        @APIResponse(name = "Unexpected", responseCode = "500",
                                description = "CONTENT_010: a fault of this service",
                                content = @Content(mediaType = ContentApi.PROBLEM, schema = @Schema(ref = "Problem")))
                }))
public class ContentApi extends Application {
    static final String PROBLEM = "application/problem+json";
}

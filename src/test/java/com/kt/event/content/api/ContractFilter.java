package com.kt.event.content.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/** Fails a test if a response violates the OpenAPI document, whatever the test itself asserts. */
final class ContractFilter implements Filter {
    private static final ApiContract CONTRACT = ApiContract.stored();

    /** Checks every response to the following requests. */
    static void register() {
        RestAssured.replaceFiltersWith(new ContractFilter());
    }

    @Override
    public Response filter(FilterableRequestSpecification request, FilterableResponseSpecification expected,
            FilterContext context) {
        Response response = context.next(request, expected);
        check(request.getMethod(), request.getURI(), answer(response));
        return response;
    }

    private static ApiContract.Answer answer(Response response) {
        Map<String, List<String>> headers = response.headers().asList().stream()
                .collect(Collectors.groupingBy(Header::getName,
                        Collectors.mapping(Header::getValue, Collectors.toList())));
        return new ApiContract.Answer(response.statusCode(), ApiContract.Answer.joined(headers),
                response.asByteArray());
    }

    /** The same for a response that was not received by RestAssured. */
    static void check(String method, String target, ApiContract.Answer answer) {
        String path = target.replaceFirst("^https?://[^/?#]*", "").replaceFirst("[?#].*$", "");
        if (!ApiContract.covers(method, path)) {
            return;
        }
        List<String> complaints = CONTRACT.complaints(method, path, answer);
        if (!complaints.isEmpty()) {
            throw new AssertionError(method + " " + path + " was answered otherwise than the OpenAPI document says:\n  "
                    + String.join("\n  ", complaints) + "\n" + answer);
        }
    }
}

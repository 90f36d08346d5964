package com.kt.event.content.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.kt.event.content.breaker.OperatorFault;
import com.kt.event.content.log.LogText;
import com.kt.event.content.provider.ImageFailure;
import com.kt.event.content.provider.ProviderConfig;
import com.kt.event.content.provider.ProviderLookUp;
import com.kt.event.content.provider.ProviderStatus;

import io.quarkus.runtime.QuarkusApplication;

/**
 * The command {@code check providers}: asks each provider that is called, by its cheapest request that generates nothing,
 * and prints a line for each. Exits with 0 if all accept their keys and know their models, otherwise with 1.
 */
@ApplicationScoped
public class CheckProvidersCommand implements QuarkusApplication {
    private static final int SOUND = 0;
    private static final int BROKEN = 1;

    private static final Map<OperatorFault, String> FAULTS = Map.of(
            OperatorFault.KEY, "key not accepted",
            OperatorFault.MONEY, "key accepted, but no credit or quota left",
            OperatorFault.ACCOUNT, "key accepted, but the account may not use the API",
            OperatorFault.MODEL, "model not known",
            OperatorFault.ADDRESS, "no API of this type at the address");

    private final ProviderLookUp lookUp;

    CheckProvidersCommand(ProviderLookUp lookUp) {
        this.lookUp = lookUp;
    }

    @Override
    public int run(String... args) {
        int code = SOUND;
        for (ProviderConfig provider : lookUp.providers()) {
            code = Math.max(code, print(provider));
        }
        return code;
    }

    private int print(ProviderConfig provider) {
        String name = provider.name() + " (" + provider.type() + ", "
                + (provider.model().isEmpty() ? "no model" : "model " + provider.model()) + "): ";
        try {
            ProviderStatus status = lookUp.status(provider).await().indefinitely();
            boolean isSound = status.knowsModel().orElse(true);
            print(name + (isSound ? "ok: " : "FAILED: ") + text(provider, status));
            return isSound ? SOUND : BROKEN;
        } catch (ImageFailure failure) {
            print(name + "FAILED: " + text(failure));
            return BROKEN;
        }
    }

    private static void print(String line) {
        System.out.println(LogText.line(line));
    }

    static String text(ProviderConfig provider, ProviderStatus status) {
        List<String> parts = new ArrayList<>();
        if (provider.key().isEmpty()) {
            parts.add("no key set");
        } else {
            parts.add(status.acceptsKey() ? "key accepted" : "key not checked");
        }
        parts.add(status.knowsModel().map(known -> known ? "model known" : "model not known")
                .orElse("model not checked"));
        status.remark().ifPresent(parts::add);
        status.shutdown().ifPresent(day -> parts.add("which is shut down on " + day));
        parts.add(status.limits().isEmpty()
                ? "no rate limits seen"
                : "rate limits: " + status.limits().entrySet().stream()
                        .map(limit -> limit.getKey() + " " + limit.getValue()).collect(Collectors.joining(", ")));
        return String.join(", ", parts);
    }

    /** The message has neither the key nor the response. */
    static String text(ImageFailure failure) {
        return failure instanceof ImageFailure.Operator operator
                ? FAULTS.get(operator.fault()) + " (" + failure.getMessage() + ")"
                : failure.getMessage();
    }
}

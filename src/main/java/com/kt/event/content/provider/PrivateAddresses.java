package com.kt.event.content.provider;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;

/**
 * The addresses outside the public internet: those in IANA's special-purpose address registries (RFC 6890), and former
 * entries of these.
 */
final class PrivateAddresses {
    private static final List<IpSubnetFilterRule> RANGES = Stream.of(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32",
            "2002::/16",
            "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8")
            .map(range -> new IpSubnetFilterRule(range, IpFilterRuleType.REJECT))
            .toList();

    private PrivateAddresses() {
    }

    static boolean contain(InetAddress address) {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        return RANGES.stream().anyMatch(range -> range.matches(any));
    }
}

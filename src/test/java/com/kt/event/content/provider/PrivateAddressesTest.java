package com.kt.event.content.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses are literals: nothing here asks a name server. */
class PrivateAddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "223.130.200.104", "223.255.255.255"})
    void dontContainPublicV4(String address) throws UnknownHostException {
        assertPublic(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2606:4700:4700::1111", "2001:4860:4860::8888", "2400:cb00::1", "2a00:1450:4001:81b::200e"})
    void dontContainPublicV6(String address) throws UnknownHostException {
        assertPublic(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
            "128.0.0.0",
            "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0"})
    void dontContainTheirNeighbours(String address) throws UnknownHostException {
        assertPublic(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0", "10.255.255.255", "172.16.0.0", "172.31.255.255", "192.168.0.0",
            "192.168.255.255"})
    void containPrivateNetworks(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "127.255.255.255", "::1"})
    void containLoopback(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "169.254.0.0", "169.254.255.255", "fe80::1", "fe80::a9fe:a9fe",
            "febf::1"})
    void containLinkLocalAndSoTheCloudsMetadata(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.64.0.0", "100.100.100.200", "100.127.255.255"})
    void containCarrierGradeNat(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fc00::1", "fd00:ec2::254", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
    void containUniqueLocalV6(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe"})
    void containPrivateV4MappedToV6(String address) throws UnknownHostException {
        assertThat(InetAddress.getByName(address)).isInstanceOf(Inet4Address.class);
        assertPrivate(address);
    }

    @Test
    void dontContainPublicV4MappedToV6() throws UnknownHostException {
        assertPublic("::ffff:8.8.8.8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"64:ff9b::10.0.0.1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "2002:a00:1::1", "2001::1"})
    void containWhatIsTranslatedOrTunnelledToV4(String address) throws UnknownHostException {
        assertThat(InetAddress.getByName(address)).isInstanceOf(Inet6Address.class);
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.250", "255.255.255.255", "240.0.0.1", "ff02::1", "ff0e::1"})
    void containMulticastBroadcastAndReserved(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "0.1.2.3", "::"})
    void containTheUnspecifiedAddress(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "198.19.255.255", "192.0.0.8",
            "2001:db8::1", "100::1"})
    void containDocumentationAndBenchmarkNetworks(String address) throws UnknownHostException {
        assertPrivate(address);
    }

    private static void assertPublic(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.contain(InetAddress.getByName(address))).as(address).isFalse();
    }

    private static void assertPrivate(String address) throws UnknownHostException {
        assertThat(PrivateAddresses.contain(InetAddress.getByName(address))).as(address).isTrue();
    }
}

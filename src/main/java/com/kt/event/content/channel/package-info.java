/** The channels that shop owners post to, and the renditions of images that they accept. */
package com.kt.event.content.channel;

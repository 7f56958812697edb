package dev.gatehouse.envoy.extproc;

import com.google.protobuf.Struct;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;

/**
 * What a verdict changes besides the body.
 *
 * @param headers         the header mutation, also of a status
 * @param metadata        the dynamic metadata of the reply, may be empty
 * @param clearRouteCache whether the host matches the route again; Envoy does so only together with a header mutation
 */
record Outcome(HeaderMutation headers, Struct metadata, boolean clearRouteCache) {

    /** Nothing changes. */
    static final Outcome NONE = new Outcome(HeaderMutation.getDefaultInstance(), Struct.getDefaultInstance(), false);

    /** The header part of a reply. */
    CommonResponse.Builder common() {
        CommonResponse.Builder common = CommonResponse.newBuilder();
        if (clearRouteCache || headers.getSetHeadersCount() + headers.getRemoveHeadersCount() > 0) {
            common.setHeaderMutation(headers).setClearRouteCache(clearRouteCache);
        }
        return common;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.github.srtnetty.codec.scte35.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.srtnetty.codec.bits.MalformedDataException;
import io.github.srtnetty.codec.scte35.SegmentationDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that is unknown, contradicts another or is out of its range is an error with its path. */
class JsonKeysTest {
    private static final String SEGMENT =
            "{'command':{'command_type':6,'pts_time':10.0},'descriptors':[{'tag':2,'segmentation_event_id':'0x1',";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'command':{'name':'Time Signal','pts_tme':10.0}} | command.pts_tme",
                "{'command':{'name':'Time Signal','pts_time':10.0},'descriptor':[]} | descriptor",
                "{'command':{'name':'Splice Null','command_type':6}} | command.name",
                "{'command':{'command_type':0,'pts_time':1.0}} | command.pts_time",
                "{'command':{'command_type':6,'pts_time':10.0,'pts_time':11.0}} | command.pts_time",
                "{'command':{'command_type':6,'pts_time':10.0,'pts_time_ticks':1}} | command.pts_time",
                "{'command':{'command_type':6,'time_specified_flag':false,'pts_time':1.0}} | command.pts_time",
                "{'command':{'command_type':6,'pts_time':1.0,'adjusted_pts_time':2.0}} | command.adjusted_pts_time",
                "{'command':{'command_type':6,'adjusted_pts_time':2.0}} | command.pts_time",
                "{'command':{'command_type':0},'info_section':{'teir':'0x1'}} | info_section.teir",
                "{'command':{'command_type':0},'info_section':{'table_id':'0xfd'}} | info_section.table_id",
                "{'command':{'command_type':0},'info_section':{'encrypted_packet':true}}"
                        + " | info_section.encrypted_packet",
                "{'command':{'command_type':0},'info_section':{'splice_command_type':6}}"
                        + " | info_section.splice_command_type",
                "{'command':{'command_type':0},'info_section':{'section_length':4096}} | info_section.section_length",
                "{'command':{'command_type':5,'splice_event_id':1,'duration_flag':false,'break_duration':1.0}}"
                        + " | command.break_duration",
                "{'command':{'command_type':5,'splice_event_id':1,'splice_event_cancel_indicator':true,"
                        + "'avail_num':1}} | command.avail_num",
                "{'command':{'command_type':5,'splice_event_id':1,'program_splice_flag':false}} | command.components",
                "{'command':{'command_type':5,'splice_event_id':1,'splice_immediate_flag':true,"
                        + "'pts_time':1.0}} | command.pts_time",
                "{'command':{'command_type':255,'identifier':1,'private_bytes':[-1]}} | command.private_bytes",
                "{'command':{'command_type':0},'descriptors':[{'tag':2,'identifier':'WXYZ',"
                        + "'bytes':'41424344'}]} | descriptors[0].identifier",
                "{'command':{'command_type':0},'descriptors':[{'tag':1,'dtmf_count':2,'dtmf_chars':['1']}]}"
                        + " | descriptors[0].dtmf_count"
            })
    void refusesTheKeyOfACue(String json, String path) {
        refuses(json, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'segmentation_type_id':52,'segmentation_upid':'x' | segmentation_upid_type",
                "'segmentation_type_id':52,'segmentation_upid_type':3,'segmentation_upid':'ABC' | segmentation_upid",
                "'segmentation_type_id':52,'segmentation_upid_type':8 | segmentation_upid",
                "'segmentation_type_id':52,'segmentation_upid_type':15,'segmentation_upid_length':4,"
                        + "'segmentation_upid':'urn:a' | segmentation_upid_length",
                "'segmentation_type_id':52,'segmentation_upid_type':9,"
                        + "'segmentation_upid_type_name':'URI','segmentation_upid':'a' | segmentation_upid_type_name",
                "'segmentation_type_id':53,'segmentation_message':'Provider Placement Opportunity Start'"
                        + " | segmentation_message",
                "'segmentation_type_id':52,'web_delivery_allowed_flag':true | web_delivery_allowed_flag",
                "'segmentation_type_id':52,'segmentation_upid_type':0,'segmentation_upid':'abc' | segmentation_upid",
                "'segmentation_type_id':52,'segmentation_upid_type':13,"
                        + "'segmentation_upid':[{'upid_type':15,'segmentation_upid':'a','len':1}]"
                        + " | segmentation_upid[0].len"
            })
    void refusesTheKeyOfASegment(String keys, String path) {
        refuses(SEGMENT + keys + "}]}", "descriptors[0]." + path);
    }

    @Test
    void refusesAnyKeyThatSectionBytesContradict() {
        String json = "{'section_bytes':'0xfc301100000000000000fff0000000007a4fbfff','command':{'command_type':6}}";
        refuses(json, "command.command_type");
    }

    @Test
    void takesLengthsAndCrcThatAreComputedAnew() {
        String json = "{'info_section':{'section_length':1,'crc':'0x1','splice_command_length':0,"
                + "'descriptor_loop_length':0},'command':{'command_type':6,'command_length':3,'pts_time':10.0}}";
        assertThat(Scte35Json.parse(json.replace('\'', '"')).splicePts()).hasValue(900_000);
    }

    @Test
    void takesSubSegmentsOfTypesThatHaveNone_andSendsThemUnlessTheyAreZero() {
        String zeros = SEGMENT + "'segmentation_type_id':34,'sub_segment_num':0,'sub_segments_expected':0}]}";
        String others = SEGMENT + "'segmentation_type_id':34,'sub_segment_num':2,'sub_segments_expected':15}]}";
        var without = Scte35Json.parse(zeros.replace('\'', '"'));
        var with = Scte35Json.parse(others.replace('\'', '"'));
        assertThat(without.descriptors().get(0)).isInstanceOf(SegmentationDescriptor.Event.class);
        assertThat(with.descriptors()).isEqualTo(without.descriptors());
        assertThat(with.descriptorLoop().hex()).endsWith("020f");
        assertThat(Scte35Json.parse(new Scte35Json().toJson(with))).isEqualTo(with);
    }

    private static void refuses(String json, String path) {
        assertThatThrownBy(() -> Scte35Json.parse(json.replace('\'', '"')))
                .as(json)
                .isInstanceOfSatisfying(
                        MalformedDataException.class,
                        failure -> assertThat(failure.field()).isEqualTo(path));
    }
}

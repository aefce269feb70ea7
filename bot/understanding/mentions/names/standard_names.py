"""The pinyin names of the standard points (WHO 2008), without tones.

Many differ in one letter. A name that is near one of ours may be another point's own name, so all
are known here, and none is ever taken for a misspelling of another.
"""

from __future__ import annotations

from bot.understanding.mentions.names.word_sets import words as word_set

STANDARD_NAMES = word_set(
    # Lung, Large Intestine
    "zhongfu yunmen tianfu xiabai chize kongzui lieque jingqu taiyuan yuji shaoshang shangyang "
    "erjian sanjian hegu yangxi pianli wenliu xialian shanglian shousanli quchi zhouliao "
    "shouwuli binao jianyu jugu tianding futu kouheliao yingxiang "
    # Stomach
    "chengqi sibai juliao dicang daying jiache xiaguan touwei renying shuitu qishe quepen qihu "
    "kufang wuyi yingchuang ruzhong rugen burong chengman liangmen guanmen taiyi huaroumen "
    "tianshu wailing daju shuidao guilai qichong biguan yinshi liangqiu dubi zusanli "
    "shangjuxu tiaokou xiajuxu fenglong jiexi chongyang xiangu neiting lidui "
    # Spleen, Heart
    "yinbai dadu taibai gongsun shangqiu sanyinjiao lougu diji yinlingquan xuehai jimen "
    "chongmen fushe fujie daheng fuai shidou tianxi xiongxiang zhourong dabao jiquan qingling "
    "shaohai lingdao tongli yinxi shenmen shaofu shaochong "
    # Small Intestine
    "shaoze qiangu houxi wangu yanggu yanglao zhizheng xiaohai jianzhen naoshu tianzong "
    "bingfeng quyuan jianwaishu jianzhongshu tianchuang tianrong quanliao tinggong "
    # Bladder
    "jingming cuanzhu meichong qucha wuchu chengguang tongtian luoque yuzhen tianzhu dazhu "
    "fengmen feishu jueyinshu xinshu dushu geshu ganshu danshu pishu weishu sanjiaoshu shenshu "
    "qihaishu dachangshu guanyuanshu xiaochangshu pangguangshu zhonglushu baihuanshu shangliao "
    "ciliao zhongliao xialiao huiyang chengfu yinmen fuxi weiyang weizhong fufen pohu "
    "gaohuang shentang yixi geguan hunmen yanggang yishe weicang huangmen zhishi baohuang "
    "zhibian heyang chengjin chengshan feiyang fuyang kunlun pucan shenmai jinmen jinggu shugu "
    "zutonggu zhiyin "
    # Kidney
    "yongquan rangu taixi dazhong shuiquan zhaohai fuliu jiaoxin zhubin yingu henggu dahe qixue "
    "siman zhongzhu huangshu shangqu shiguan yindu futonggu youmen bulang shenfeng lingxu "
    "shencang yuzhong shufu "
    # Pericardium, Triple Energizer
    "tianchi tianquan quze ximen jianshi neiguan daling laogong zhongchong guanchong yemen "
    "yangchi waiguan zhigou huizong sanyangluo sidu tianjing qinglengyuan xiaoluo naohui "
    "jianliao tianliao tianyou yifeng chimai luxi jiaosun ermen erheliao sizhukong "
    # Gallbladder
    "tongziliao tinghui shangguan hanyan xuanlu xuanli qubin shuaigu tianchong fubai "
    "touqiaoyin wangu benshen yangbai toulinqi muchuang zhengying chengling naokong fengchi "
    "jianjing yuanye zhejin riyue jingmen daimai wushu weidao juliao huantiao fengshi zhongdu "
    "xiyangguan yanglingquan yangjiao waiqiu guangming yangfu xuanzhong qiuxu zulinqi diwuhui "
    "xiaxi zuqiaoyin "
    # Liver
    "dadun xingjian taichong zhongfeng ligou xiguan ququan yinbao zuwuli yinlian jimai "
    "zhangmen qimen "
    # Governing and Conception Vessel
    "changqiang yaoshu yaoyangguan mingmen xuanshu jizhong zhongshu jinsuo zhiyang lingtai "
    "shendao shenzhu taodao dazhui yamen fengfu naohu qiangjian houding baihui qianding xinhui "
    "shangxing shenting suliao shuigou duiduan yinjiao huiyin qugu zhongji guanyuan shimen qihai "
    "shenque shuifen xiawan jianli zhongwan shangwan juque jiuwei zhongting danzhong yutang "
    "zigong huagai xuanji tiantu lianquan chengjiang"
)
